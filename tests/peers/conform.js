'use strict';

// Holds what this project knows as OCPP 1.6, and all that its server says, to the official schemas that a library of
// somebody else ships.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const validators = require('ocpp-rpc/lib/standard-validators');
const { Application } = require('./application');
const { Station } = require('./station');

const official = validators.find(validator => validator.subprotocol === 'ocpp1.6');
const KINDS = { request: 'req', response: 'conf' };

function checkFixtures(folder) {
    const files = fs.readdirSync(folder).filter(file => file.endsWith('.json'));
    assert.ok(files.length >= 38, `only ${files.length} fixtures in ${folder}`);
    for (const file of files) {
        const [action, kind] = file.split('.');
        official.validate(`urn:${action}.${KINDS[kind]}`, JSON.parse(fs.readFileSync(path.join(folder, file))));
    }
    assert.throws(() => official.validate('urn:Authorize.req', { idTag: 'x', more: 1 }));
    return files.length;
}

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
    await give('POST', 'clear_cache');
    await give('POST', 'data_transfer', { vendorId: 'org.example' });
    await give('POST', 'data_transfer', { vendorId: 'org.example', messageId: 'Ping', data: 'Grüße "☃"' });
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

/** A session that is asked for with a start time: the remote start carries a charging profile. */
async function chargeLater(application, station, connector, user) {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const body = { connector, user, target: { energy_start_time: at } };
    const { _id } = await application.call('POST', '/sessions', body);
    const order = await station.order('RemoteStartTransaction');
    assert.ok(order.chargingProfile, 'a later start carries a profile');
    const start = { connectorId: 1, idTag: order.idTag, meterStart: 0, timestamp: new Date().toISOString() };
    const { transactionId } = await station.call('StartTransaction', start);
    await station.meter(transactionId, 10, 0);
    await application.call('POST', `/sessions/${_id}/stop`, {}, 200);
    await station.order('RemoteStopTransaction');
    const stop = { transactionId, meterStop: 10, timestamp: new Date().toISOString() };
    await station.call('StopTransaction', stop);
    await station.call('StopTransaction', { ...stop, transactionId: 1, idTag: 'NOBODY', reason: 'PowerLoss' });
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
    // An action that the schemas know and the platform does not serve gets an error, not a wrong answer.
    await assert.rejects(station.call('SecurityEventNotification', {
        type: 'InvalidMessages', timestamp: new Date().toISOString(),
    }), error => error.rpcErrorCode === 'NotSupported');
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
    await chargeLater(application, station, box.connectors[0]._id, user._id);
    await sayEverything(station);

    assert.deepEqual(station.faults, []);
    const actions = new Set(station.orders.map(order => order.action));
    assert.deepEqual([...actions].sort(), [
        'ChangeAvailability', 'ChangeConfiguration', 'ClearCache', 'DataTransfer', 'GetConfiguration',
        'RemoteStartTransaction', 'RemoteStopTransaction', 'Reset', 'TriggerMessage', 'UnlockConnector',
    ]);
    console.log(`conforms: ${fixtures} fixtures, ${station.orders.length} orders`);
    await station.close();
    application.close();
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
