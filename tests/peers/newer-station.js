'use strict';

// A charging station of OCPP 2.0.1 or 2.1 made of `ocpp-rpc`, in strict mode: it holds both sides to the official
// schemas. It has what `station.js` has, so that one script charges with either.

const { randomUUID } = require('node:crypto');
const { Station } = require('./station');
const { validators } = require('./validators');

const ANSWERS = {
    CancelReservation: { status: 'Accepted' },
    ChangeAvailability: { status: 'Accepted' },
    ClearCache: { status: 'Accepted' },
    ClearChargingProfile: { status: 'Accepted' },
    GetBaseReport: { status: 'Accepted' },
    GetTransactionStatus: { ongoingIndicator: true, messagesInQueue: false },
    RequestStartTransaction: { status: 'Accepted' },
    RequestStopTransaction: { status: 'Accepted' },
    ReserveNow: { status: 'Accepted' },
    Reset: { status: 'Accepted' },
    SetChargingProfile: { status: 'Accepted' },
    TriggerMessage: { status: 'Accepted' },
    UnlockConnector: { status: 'Unlocked' },
};

const STATUS = { Preparing: 'Occupied', Charging: 'Occupied', Finishing: 'Occupied' };

class NewerStation extends Station {
    constructor(identity, password, protocol) {
        super(identity, password, protocol, ANSWERS, validators(protocol));
        this.transactionId = randomUUID();
        this.sequence = 0;
    }

    async start() {
        await this.client.connect();
        const boot = await this.call('BootNotification', {
            reason: 'PowerUp', chargingStation: { vendorName: 'Peers', model: 'Node' },
        });
        for (const evse of [1, 2]) await this.say(evse, 'Available');
        return boot;
    }

    say(evseId, status) {
        return this.call('StatusNotification', {
            evseId, connectorId: 1, connectorStatus: STATUS[status] ?? status, timestamp: new Date().toISOString(),
        });
    }

    tell(eventType, triggerReason, transactionInfo, more = {}) {
        return this.call('TransactionEvent', {
            eventType, triggerReason, timestamp: new Date().toISOString(), seqNo: this.sequence++,
            transactionInfo: { transactionId: this.transactionId, ...transactionInfo }, ...more,
        });
    }

    reading(wh, watts) {
        return {
            meterValue: [{
                timestamp: new Date().toISOString(),
                sampledValue: [
                    { value: wh, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
                    { value: watts, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
                ],
            }],
        };
    }
}

/** How a station of 2.x goes through the guide's steps. */
const driver = {
    async begin(station) {
        const order = await station.order('RequestStartTransaction');
        if (order.evseId !== 1) throw new Error(`started at evse ${order.evseId}`);
        await station.say(1, 'Preparing');
        const started = await station.tell('Started', 'RemoteStart',
            { chargingState: 'EVConnected', remoteStartId: order.remoteStartId },
            { evse: { id: 1, connectorId: 1 }, idToken: order.idToken, ...station.reading(1000, 0) });
        if (started.idTokenInfo.status !== 'Accepted') throw new Error(JSON.stringify(started));
        await station.tell('Updated', 'ChargingStateChanged', { chargingState: 'Charging' });
        for (const wh of [2000, 3000])
            await station.tell('Updated', 'MeterValuePeriodic', { chargingState: 'Charging' }, station.reading(wh, 11000));
    },

    async end(station) {
        const order = await station.order('RequestStopTransaction');
        if (order.transactionId !== station.transactionId) throw new Error(`stopped ${order.transactionId}`);
        const ended = await station.tell('Ended', 'RemoteStop', { stoppedReason: 'Remote' }, station.reading(3500, 0));
        if (ended.totalCost !== 1.19) throw new Error(`told a cost of ${ended.totalCost}`);
    },
};

module.exports = { NewerStation, driver };
