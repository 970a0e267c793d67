'use strict';

// Holds what this project knows as OCPP, and all that its server says in OCPP 1.6, to the official schemas that a
// library of somebody else ships.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Application } = require('./application');
const { checkFixtures, resolve, schemasOf } = require('./fixtures');
const { Station } = require('./station');

/** The official schemas of what the station of this test speaks. */
const SCHEMAS = schemasOf('1.6');

const STATION_SAYS = [
    'Authorize', 'BootNotification', 'DataTransfer', 'DiagnosticsStatusNotification', 'FirmwareStatusNotification',
    'Heartbeat', 'LogStatusNotification', 'MeterValues', 'SecurityEventNotification',
    'SignedFirmwareStatusNotification', 'StartTransaction', 'StatusNotification', 'StopTransaction',
];

const PEM = [
    '-----BEGIN CERTIFICATE-----',
    'MIIBiTCCATCgAwIBAgIETxybJzAKBggqhkjOPQQDAjAyMRUwEwYDVQQDDAxFeGFt',
    'cGxlIFJvb3QxGTAXBgNVBAoMEEV4YW1wbGUgQ2hhcmdpbmcwIBcNMjUwMTAxMDAw',
    'MDAwWhgPMjA3OTAxMDEwMDAwMDBaMDIxFTATBgNVBAMMDEV4YW1wbGUgUm9vdDEZ',
    'MBcGA1UECgwQRXhhbXBsZSBDaGFyZ2luZzBZMBMGByqGSM49AgEGCCqGSM49AwEH',
    'A0IABP6e7fFm7gtofZxyKSADFSo/sYL0KQNKjWtGek89CPgnewxdkpWPO74FBgmi',
    'fTquF6tsipBrcMMFiSDM7i+k4eGjMjAwMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0O',
    'BBYEFIlikIIksPbw2wKjXBm7CdE2mptMMAoGCCqGSM49BAMCA0cAMEQCICIEaz1O',
    '1OdT74aM/mrE4jnMEJnWUZnR1CAlRRs88DZjAiBAuf6Gv/JEnyf4URUoPuPIA9Mf',
    'aqP0AAjMdXbUF1RzMw==',
    '-----END CERTIFICATE-----',
].join('\n');

/** Every command of the API; each must reach the station and be completed. */
async function giveOrders(application, { _id, connectors: [{ _id: connector }] }) {
    const give = async (method, command, body) => {
        const { _id: action } = await application.call(method, `/chargestations/${_id}/${command}`, body, 200);
        await settled(application, action);
    };
    await give('GET', 'configurations');
    await give('POST', 'configurations', { key: 'HeartbeatInterval', value: '300' });
    await give('PATCH', 'configurations', { key: 'MeterValueSampleInterval', value: '60' });
    for (const type of ['Soft', 'Hard']) await give('POST', 'reset', { type });
    await give('POST', 'unlock', { connector });
    await give('POST', 'change_availability', { available: false });
    await give('POST', 'change_availability', { available: true, connector });
    for (const message of ['BootNotification', 'DiagnosticsStatusNotification', 'FirmwareStatusNotification',
        'Heartbeat', 'MeterValues', 'StatusNotification']) await give('POST', 'trigger', { message });
    await give('POST', 'trigger', { message: 'StatusNotification', connector });
    for (const message of ['LogStatusNotification', 'SignedFirmwareStatusNotification', 'SignChargePointCertificate'])
        await give('POST', 'trigger', { message });
    await give('POST', 'clear_cache');
    await give('POST', 'data_transfer', { vendorId: 'org.example' });
    await give('POST', 'data_transfer', { vendorId: 'org.example', messageId: 'Ping', data: 'Grüße "☃"' });
}

/** Firmware, logs, certificates and the list of tokens. */
async function giveMore(application, { _id }) {
    const give = async (method, command, body) => {
        const { _id: action } = await application.call(method, `/chargestations/${_id}/${command}`, body, 200);
        await settled(application, action);
    };
    const url = 'https://firmware.example.org/2.bin';
    const tries = { retries: 2, retry_interval: 60 };
    const at = '2026-01-02T02:00:00.000Z';
    await give('POST', 'update_firmware', { url, retrieve_date: at, ...tries });
    await give('POST', 'update_firmware', {
        url, retrieve_date: at, install_date: at, signing_certificate: PEM, signature: 'MEQCIGx+R3oJ', ...tries,
    });
    for (const command of ['get_diagnostics', 'get_log']) {
        const span = command === 'get_log' ? ['from', 'to'] : ['start_time', 'stop_time'];
        const body = { [span[0]]: '2026-01-01T00:00:00Z', [span[1]]: at, ...tries };
        await give('POST', command, command === 'get_log' ? { ...body, log: 'security' } : body);
    }
    await give('POST', 'get_log', { log: 'diagnostics' });
    for (const type of ['central_system_root', 'manufacturer_root']) {
        await give('POST', 'install_certificate', { type, certificate: PEM });
        await give('GET', `certificates?type=${type}`);
    }
    const hash = 'ab'.repeat(32);
    await give('POST', 'delete_certificate', {
        hash_algorithm: 'SHA256', issuer_name_hash: hash, issuer_key_hash: hash, serial_number: '01',
    });
    await give('GET', 'local_list');
    await give('POST', 'local_list', { type: 'full', version: 1 });
}

/** Limits and profiles, of the station, a connector and a running session. */
async function giveLimits(application, { _id, connectors: [{ _id: connector }] }, session) {
    const give = async (method, route, body) => {
        const { _id: action } = await application.call(method, route, body, 200);
        await settled(application, action);
    };
    const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 6.5, numberPhases: 1 }] };
    await give('POST', `/chargestations/${_id}/set_default_power_limit`, { unit: 'power', limit: 75000 });
    await give('POST', `/connectors/${connector}/set_default_power_limit`, { unit: 'current', limit: 16 });
    await give('POST', `/sessions/${session}/set_power_limit`, { unit: 'current', limit: 10 });
    await give('POST', `/chargestations/${_id}/set_charging_profile`, {
        connector,
        charging_profile: {
            chargingProfileId: 7, stackLevel: 1, chargingProfilePurpose: 'TxDefaultProfile',
            chargingProfileKind: 'Recurring', recurrencyKind: 'Daily', validFrom: '2026-03-01T00:00:00Z',
            chargingSchedule: { ...schedule, startSchedule: '2026-03-01T00:00:00Z', duration: 86400 },
        },
    });
    await give('GET', `/connectors/${connector}/get_composite_schedule?duration=60&unit=power`);
    await give('GET', `/chargestations/${_id}/get_composite_schedule`);
    await give('POST', `/chargestations/${_id}/clear_charging_profile`, { chargingProfilePurpose: 'TxDefaultProfile' });
    await give('POST', `/sessions/${session}/clear_power_limit`, {});
    await give('POST', `/connectors/${connector}/clear_default_power_limit`, {});
    await give('POST', `/chargestations/${_id}/clear_default_power_limit`, {});
}

/** Waits by the action's webhook, as the API asks its clients to do. */
async function settled(application, action) {
    for (;;) {
        const found = application.webhooks.find(({ event }) =>
            event.data._id === action && /\.(accepted|rejected)$/.test(event.type));
        if (found) return assert.equal(found.event.data.status, 'completed', JSON.stringify(found.event.data));
        await new Promise(look => application.waiting.push(look));
    }
}

/** A place that is kept for a driver, and given back. */
async function reserve(application, station, box, user) {
    const { _id } = await application.call('POST', '/reservations', {
        connector: box.connectors[1]._id, user: user._id, expires_at: new Date(Date.now() + 1_800_000).toISOString(),
    });
    const { reservationId } = await station.order('ReserveNow');
    assert.equal((await application.webhook('reservation.activated')).event.data._id, _id);
    await application.call('POST', `/reservations/${_id}/cancel`, {}, 200);
    assert.equal((await station.order('CancelReservation')).reservationId, reservationId);
}

/** A session that is asked for with a start time: the remote start carries a charging profile. */
async function chargeLater(application, station, box, user) {
    const connector = box.connectors[0]._id;
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const body = { connector, user, target: { energy_start_time: at } };
    const { _id } = await application.call('POST', '/sessions', body);
    const order = await station.order('RemoteStartTransaction');
    assert.ok(order.chargingProfile, 'a later start carries a profile');
    const start = { connectorId: 1, idTag: order.idTag, meterStart: 0, timestamp: new Date().toISOString() };
    const { transactionId } = await station.call('StartTransaction', start);
    await station.meter(transactionId, 10, 0);
    await giveLimits(application, box, _id);
    await application.call('POST', `/sessions/${_id}/stop`, {}, 200);
    await station.order('RemoteStopTransaction');
    const stop = { transactionId, meterStop: 10, timestamp: new Date().toISOString() };
    await station.call('StopTransaction', stop);
    await station.call('StopTransaction', { ...stop, transactionId: 1, idTag: 'NOBODY', reason: 'PowerLoss' });
}

/** Every word that one of its fields may be, in a message that is otherwise the fixture. */
function* variantsOf(schema, message) {
    for (const [name, field] of Object.entries(schema.properties ?? {}))
        for (const word of resolve(field, schema).enum ?? []) yield { ...message, [name]: word };
    const needed = Object.entries(message).filter(([name]) => (schema.required ?? []).includes(name));
    yield Object.fromEntries(needed);
}

/** What the official schemas allow a station to say is read, each of its words. */
async function sayVariants(station, folder) {
    let said = 0;
    for (const action of STATION_SAYS) {
        const fixture = JSON.parse(fs.readFileSync(path.join(folder, '1.6', `${action}.request.json`)));
        for (const message of variantsOf(SCHEMAS.get(`${action}.request`), fixture)) {
            await station.call(action, message);
            said++;
        }
    }
    assert.ok(said > 60, `only ${said} variants`);
    return said;
}

/** What has not been said yet; strict mode judges each answer. */
async function sayEverything(station) {
    await station.call('Authorize', { idTag: 'NOBODY' });
    await station.call('Heartbeat', {});
    await station.call('DataTransfer', { vendorId: 'org.example', data: 'x' });
    for (const status of ['Idle', 'Uploading']) await station.call('DiagnosticsStatusNotification', { status });
    for (const status of ['Downloading', 'Installed']) await station.call('FirmwareStatusNotification', { status });
    await station.call('StartTransaction', {
        connectorId: 2, idTag: 'NOBODY', meterStart: 5, timestamp: new Date().toISOString(),
    });
}

async function main() {
    const fixtures = checkFixtures(process.env.VOLTGATE_FIXTURES);
    const endpoint = 'PEER-2';
    const application = new Application();
    await application.signIn();
    await application.listen(['*']);
    const { user, station: box, password } = await application.furnish(endpoint);
    const station = new Station(endpoint, password);
    await station.start();
    await giveOrders(application, box);
    await giveMore(application, box);
    await reserve(application, station, box, user);
    await chargeLater(application, station, box, user._id);
    await sayEverything(station);
    const variants = await sayVariants(station, process.env.VOLTGATE_FIXTURES);

    assert.deepEqual(station.faults, []);
    const actions = new Set(station.orders.map(order => order.action));
    assert.deepEqual([...actions].sort(), [
        'CancelReservation', 'ChangeAvailability', 'ChangeConfiguration', 'ClearCache', 'ClearChargingProfile',
        'DataTransfer',
        'DeleteCertificate', 'ExtendedTriggerMessage', 'GetCompositeSchedule', 'GetConfiguration', 'GetDiagnostics',
        'GetInstalledCertificateIds', 'GetLocalListVersion', 'GetLog', 'InstallCertificate', 'RemoteStartTransaction',
        'RemoteStopTransaction', 'ReserveNow', 'Reset', 'SendLocalList', 'SetChargingProfile', 'SignedUpdateFirmware',
        'TriggerMessage', 'UnlockConnector', 'UpdateFirmware',
    ]);
    console.log(`conforms: ${fixtures} fixtures, ${station.orders.length} orders, ${variants} variants`);
    await station.close();
    application.close();
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
