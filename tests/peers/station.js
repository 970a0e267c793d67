'use strict';

// A charging station made of `ocpp-rpc`, in strict mode: it holds both sides to the official schemas.

const { EventEmitter } = require('node:events');
const { RPCClient } = require('ocpp-rpc');

const ANSWERS = {
    CancelReservation: { status: 'Accepted' },
    ChangeAvailability: { status: 'Accepted' },
    ChangeConfiguration: { status: 'Accepted' },
    ClearCache: { status: 'Accepted' },
    ClearChargingProfile: { status: 'Accepted' },
    DataTransfer: { status: 'Accepted', data: 'pong' },
    DeleteCertificate: { status: 'Accepted' },
    ExtendedTriggerMessage: { status: 'Accepted' },
    GetCompositeSchedule: {
        status: 'Accepted', connectorId: 1, scheduleStart: '2026-01-01T00:00:00Z',
        chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 11000.5 }] },
    },
    GetConfiguration: { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }] },
    GetDiagnostics: { fileName: 'diagnostics.log' },
    GetInstalledCertificateIds: { status: 'NotFound' },
    GetLocalListVersion: { listVersion: 0 },
    GetLog: { status: 'Accepted', filename: 'security.log' },
    InstallCertificate: { status: 'Accepted' },
    RemoteStartTransaction: { status: 'Accepted' },
    RemoteStopTransaction: { status: 'Accepted' },
    ReserveNow: { status: 'Accepted' },
    Reset: { status: 'Accepted' },
    SendLocalList: { status: 'Accepted' },
    SetChargingProfile: { status: 'Accepted' },
    SignedUpdateFirmware: { status: 'Accepted' },
    TriggerMessage: { status: 'Accepted' },
    UnlockConnector: { status: 'Unlocked' },
    UpdateFirmware: {},
};

class Station extends EventEmitter {
    constructor(identity, password, protocol = 'ocpp1.6', answers = ANSWERS, validators = []) {
        super();
        this.orders = [];
        this.faults = [];
        this.client = new RPCClient({
            endpoint: `${process.env.VOLTGATE_URL.replace(/^http/, 'ws')}/ocpp`,
            identity,
            password,
            protocols: [protocol],
            strictMode: true,
            strictModeValidators: validators,
            reconnect: false,
        });
        for (const [action, answer] of Object.entries(answers))
            this.client.handle(action, ({ params }) => this.obey(action, params, answer));
        this.client.on('strictValidationFailure', failure => this.faults.push(failure));
        this.client.on('badMessage', failure => this.faults.push(failure));
    }

    async start() {
        await this.client.connect();
        const boot = await this.call('BootNotification', { chargePointVendor: 'Peers', chargePointModel: 'Node' });
        for (const connectorId of [0, 1, 2]) await this.say(connectorId, 'Available');
        return boot;
    }

    call(action, params) {
        return this.client.call(action, params);
    }

    say(connectorId, status) {
        return this.call('StatusNotification', {
            connectorId, status, errorCode: 'NoError', timestamp: new Date().toISOString(),
        });
    }

    obey(action, params, answer) {
        this.orders.push({ action, params });
        this.emit('order');
        return answer;
    }

    /** The n-th order of this kind, now or when it comes. */
    async order(action, nth = 1) {
        for (;;) {
            const found = this.orders.filter(order => order.action === action)[nth - 1];
            if (found) return found.params;
            await new Promise(look => this.once('order', look));
        }
    }

    meter(transactionId, wh, watts) {
        return this.call('MeterValues', {
            connectorId: 1,
            transactionId,
            meterValue: [{
                timestamp: new Date().toISOString(),
                sampledValue: [
                    { value: String(wh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
                    { value: String(watts), measurand: 'Power.Active.Import', unit: 'W' },
                ],
            }],
        });
    }

    close() {
        return this.client.close();
    }
}

module.exports = { Station };
