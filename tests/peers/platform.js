'use strict';

// A platform of OCPP 2.0.1 or 2.1 made of `ocpp-rpc`, in strict mode, for the simulated station: the official schemas
// judge all that it says and answers.

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { EventEmitter, once } = require('node:events');
const { RPCServer } = require('ocpp-rpc');
const { validators } = require('./validators');

const NOWHERE = 'http://127.0.0.1:9/file';
const TOKEN = { idToken: 'ADA', type: 'Central' };
const now = () => new Date().toISOString();

class Platform extends EventEmitter {
    constructor(protocol) {
        super();
        this.heard = [];
        this.faults = [];
        this.server = new RPCServer({
            protocols: [protocol], strictMode: [protocol], strictModeValidators: validators(protocol),
        });
        this.server.auth(accept => accept({}, protocol));
        this.server.on('client', client => this.welcome(client));
    }

    welcome(client) {
        this.client = client;
        client.on('strictValidationFailure', failure => this.faults.push(failure));
        client.on('badMessage', failure => this.faults.push(failure));
        client.handle(({ method, params }) => {
            this.heard.push({ method, params });
            this.emit('heard');
            return this.answer(method);
        });
    }

    answer(method) {
        if (method === 'BootNotification') return { currentTime: now(), interval: 300, status: 'Accepted' };
        return method === 'Heartbeat' ? { currentTime: now() } : {};
    }

    /** The first message like that, now or when it comes. */
    async hears(method, isSo = () => true) {
        for (;;) {
            const found = this.heard.find(h => h.method === method && isSo(h.params));
            if (found) return found.params;
            await once(this, 'heard');
        }
    }

    async orders(action, params, status) {
        const answer = await this.client.call(action, params);
        if (status) assert.equal(answer.status, status, `${action} ${JSON.stringify(params)}`);
        return answer;
    }
}

function profile(transactionId, limit) {
    return {
        id: 1, stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Absolute', transactionId,
        chargingSchedule: [{
            id: 1, chargingRateUnit: 'W', startSchedule: '2026-01-01T00:00:00Z',
            chargingSchedulePeriod: [{ startPeriod: 0, limit }],
        }],
    };
}

async function furnish(platform) {
    await platform.hears('StatusNotification', m => m.evseId === 2);
    await platform.orders('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }, 'Accepted');
    await platform.hears('NotifyReport', m => m.requestId === 1 && m.seqNo > 1 && m.tbc === false);
    const named = { component: { name: 'SampledDataCtrlr' }, variable: { name: 'TxUpdatedInterval' } };
    await platform.orders('GetReport', { requestId: 2, componentVariable: [named] }, 'Accepted');
    await platform.orders('SetVariables', { setVariableData: [{ ...named, attributeValue: '1' }] });
    const { getVariableResult } = await platform.orders('GetVariables', { getVariableData: [named] });
    assert.equal(getVariableResult[0].attributeValue, '1');
    await platform.orders('SendLocalList', {
        versionNumber: 2, updateType: 'Full',
        localAuthorizationList: [{ idToken: TOKEN, idTokenInfo: { status: 'Accepted' } }],
    }, 'Accepted');
    assert.equal((await platform.orders('GetLocalListVersion', {})).versionNumber, 2);
    await platform.orders('ClearCache', {}, 'Accepted');
    await platform.orders('GetInstalledCertificateIds', {}, 'NotFound');
    const expiryDateTime = new Date(Date.now() + 2000).toISOString();
    await platform.orders('ReserveNow', { id: 7, evseId: 2, expiryDateTime, idToken: TOKEN }, 'Accepted');
    await platform.hears('ReservationStatusUpdate');
    await platform.orders(
        'GetLog', { logType: 'SecurityLog', requestId: 3, log: { remoteLocation: NOWHERE } }, 'Accepted');
    await platform.hears('LogStatusNotification', m => m.status === 'UploadFailure');
    await platform.orders('UpdateFirmware', {
        requestId: 4, firmware: { location: NOWHERE, retrieveDateTime: now() },
    }, 'Accepted');
    await platform.hears('FirmwareStatusNotification', m => m.status === 'DownloadFailed');
}

async function charge(platform) {
    await platform.orders('RequestStartTransaction', { remoteStartId: 5, evseId: 1, idToken: TOKEN }, 'Accepted');
    const started = await platform.hears('TransactionEvent', m => m.eventType === 'Started');
    assert.equal(started.transactionInfo.remoteStartId, 5);
    const { transactionId } = started.transactionInfo;
    await platform.hears('TransactionEvent', m => m.triggerReason === 'MeterValuePeriodic');
    await platform.orders(
        'SetChargingProfile', { evseId: 1, chargingProfile: profile(transactionId, 0) }, 'Accepted');
    await platform.hears('TransactionEvent', m => m.transactionInfo.chargingState === 'SuspendedEVSE');
    await platform.orders('GetCompositeSchedule', { evseId: 1, duration: 600, chargingRateUnit: 'A' }, 'Accepted');
    await platform.orders('ClearChargingProfile', { chargingProfileId: 1 }, 'Accepted');
    for (const requestedMessage of ['Heartbeat', 'MeterValues', 'StatusNotification', 'TransactionEvent'])
        await platform.orders('TriggerMessage', { requestedMessage }, 'Accepted');
    await platform.hears('TransactionEvent', m => m.triggerReason === 'Trigger');
    await platform.orders('GetTransactionStatus', { transactionId });
    await platform.orders('UnlockConnector', { evseId: 1, connectorId: 1 }, 'OngoingAuthorizedTransaction');
    await platform.orders('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } }, 'Accepted');
    await platform.hears('StatusNotification', m => m.connectorStatus === 'Unavailable');
    await platform.orders('RequestStopTransaction', { transactionId }, 'Accepted');
    const ended = await platform.hears('TransactionEvent', m => m.eventType === 'Ended');
    assert.equal(ended.transactionInfo.stoppedReason, 'Remote');
    const numbers = platform.heard.filter(h => h.method === 'TransactionEvent').map(h => h.params.seqNo);
    assert.deepEqual(numbers, numbers.map((_, n) => n));
    await platform.orders('Reset', { type: 'OnIdle' }, 'Accepted');
    await platform.hears('BootNotification', m => m.reason === 'RemoteReset');
}

async function main() {
    const version = process.env.VOLTGATE_OCPP;
    const platform = new Platform(`ocpp${version}`);
    const listener = await platform.server.listen(0);
    const url = `ws://127.0.0.1:${listener.address().port}/ocpp/STATION`;
    const station = spawn(
        process.env.VOLTGATE_PROGRAM, ['simulate', '--ocpp', version, '--connectors', '2', '--url', url],
        { stdio: 'ignore' });
    try {
        await furnish(platform);
        await charge(platform);
    } finally {
        station.kill('SIGTERM');
        if (platform.faults.length > 0) console.log(JSON.stringify(platform.faults[0]));
    }
    assert.equal(platform.faults.length, 0);
    console.log(`conforms: ${platform.heard.length} messages of a simulated station`);
    process.exit(0);
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
