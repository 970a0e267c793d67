'use strict';

// Charges once, in the order of the guide "Start Charging": token, connector and user, session, webhooks, stop.

const assert = require('node:assert/strict');
const request = require('request');
const { Application } = require('./application');
const { NewerStation, driver } = require('./newer-station');
const { Station } = require('./station');
const { fitsEdrv, fitsStandard } = require('./verifier');

/** Step 1 of the guide, with its code. */
function startSession(application, connector, user) {
    const options = {
        method: 'POST',
        url: `${application.base}/sessions`,
        headers: {
            Accept: 'application/json',
            'Content-Type': 'application/json',
            Authorization: `Bearer ${application.token}`,
        },
        body: { connector, user },
        json: true,
    };
    return new Promise((resolve, reject) => request(options, (error, response, body) => {
        if (error) return reject(new Error(error));
        assert.equal(response.statusCode, 201, JSON.stringify(body));
        assert.equal(body.result.status, 'created');
        resolve(body.result._id);
    }));
}

async function findPrerequisites(application, endpoint) {
    const stations = await application.call('GET', '/chargestations');
    const users = await application.call('GET', '/users');
    const station = stations.find(candidate => candidate.endpoint === endpoint);
    assert.equal(station.online, true);
    const connector = station.connectors.find(candidate => candidate.connectorId === 1);
    return { connector: connector._id, user: users[0]._id };
}

/** How a station of 1.6 goes through the guide's steps. */
const olderDriver = {
    async begin(station) {
        const order = await station.order('RemoteStartTransaction');
        assert.equal(order.connectorId, 1);
        station.idTag = order.idTag;
        station.transactionId = await drawEnergy(station, order.idTag);
    },

    async end(station) {
        const { transactionId, idTag } = station;
        assert.equal((await station.order('RemoteStopTransaction')).transactionId, transactionId);
        await station.call('StopTransaction', {
            transactionId, idTag, meterStop: 3500, timestamp: new Date().toISOString(), reason: 'Remote',
        });
    },
};

async function drawEnergy(station, idTag) {
    await station.say(1, 'Preparing');
    const started = await station.call('StartTransaction', {
        connectorId: 1, idTag, meterStart: 1000, timestamp: new Date().toISOString(),
    });
    assert.equal(started.idTagInfo.status, 'Accepted');
    assert.ok(started.transactionId > 0);
    await station.say(1, 'Charging');
    await station.meter(started.transactionId, 2000, 11000);
    await station.meter(started.transactionId, 3000, 11000);
    return started.transactionId;
}

function checkWebhooks(application, session) {
    const mine = application.webhooks.filter(({ event }) => event.object === 'session');
    const types = mine.map(({ event }) => event.type);
    assert.equal(types[0], 'session.created');
    assert.equal(types[1], 'session.started');
    assert.equal(types.at(-1), 'session.ended');
    for (const { headers, event, isGenuine } of application.webhooks) {
        assert.ok(isGenuine, `${event.type} is not signed as documented`);
        assert.equal(headers['webhook-id'], event._id);
        if (event.object === 'session') assert.equal(event.data._id, session);
    }
    assert.equal(new Set(application.webhooks.map(({ event }) => event._id)).size, application.webhooks.length);
}

// A verifier that lets everything pass would prove nothing.
function checkVerifier(application, { headers, body }) {
    const forged = Buffer.from(body.toString().replace('session', 'Session'));
    const otherSecret = `whsec_${Buffer.alloc(32).toString('base64')}`;
    for (const fits of [fitsEdrv, fitsStandard]) {
        assert.equal(fits(application.secret, headers, body, Date.now()), true);
        assert.equal(fits(application.secret, headers, forged, Date.now()), false);
        assert.equal(fits(otherSecret, headers, body, Date.now()), false);
    }
}

async function main() {
    const endpoint = 'PEER 1|A';
    const application = new Application();
    await application.signIn();
    await application.listen(['session.*', 'chargestation.online']);
    const { password } = await application.furnish(endpoint);
    const version = process.env.VOLTGATE_OCPP ?? '1.6';
    const isOlder = version === '1.6';
    const station = isOlder ? new Station(endpoint, password) : new NewerStation(endpoint, password, `ocpp${version}`);
    const { begin, end } = isOlder ? olderDriver : driver;
    assert.equal((await station.start()).status, 'Accepted');

    await application.signIn();
    const { connector, user } = await findPrerequisites(application, endpoint);
    const session = await startSession(application, connector, user);
    assert.equal((await application.webhook('session.created')).event.data.status, 'created');

    await begin(station);
    assert.equal((await application.webhook('session.started')).event.data.status, 'Started');

    const stopping = await application.call('GET', `/sessions/${session}/stop`);
    assert.equal(stopping._id, session);
    await end(station);
    await station.say(1, 'Finishing');
    await station.say(1, 'Available');

    const ended = await application.webhook('session.ended');
    assert.equal(ended.event.data.status, 'Ended');
    assert.equal(ended.event.data.metrics.energyConsumed, 2500);
    assert.equal(ended.event.data.cost.amount, 1.19);
    assert.deepEqual(await application.call('GET', `/sessions/${session}`), ended.event.data);
    const again = await application.call('GET', `/sessions/${session}/stop`, undefined, 409);
    assert.equal(again.code, 'session_not_active');
    checkWebhooks(application, session);
    checkVerifier(application, ended);
    assert.deepEqual(station.faults, []);
    console.log(`charged: ${application.webhooks.map(({ event }) => event.type).join(' ')}`);
    await station.close();
    application.close();
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
