'use strict';

// An application as its author would write it with `request`: it asks the API and receives webhooks.

const assert = require('node:assert/strict');
const http = require('node:http');
const request = require('request');
const { fitsEdrv, fitsStandard } = require('./verifier');

const setting = name => process.env[name] ?? assert.fail(`${name} is not set`);

const ask = options => new Promise((resolve, reject) => request(options, (error, response, body) =>
    error ? reject(error) : resolve({ status: response.statusCode, headers: response.headers, body })));

class Application {
    constructor() {
        this.server = setting('VOLTGATE_URL');
        this.base = `${this.server}/v1.1`;
        this.webhooks = [];
        this.waiting = [];
    }

    /** The token request of OAuth's client credentials, as a form. */
    async signIn() {
        const answer = await ask({
            method: 'POST',
            url: `${this.base}/oauth/token`,
            form: {
                grant_type: 'client_credentials',
                client_id: setting('VOLTGATE_CLIENT_ID'),
                client_secret: setting('VOLTGATE_CLIENT_SECRET'),
                audience: 'https://api.example.org',
            },
        });
        assert.equal(answer.status, 200, answer.body);
        const token = JSON.parse(answer.body);
        assert.equal(token.token_type, 'Bearer');
        assert.equal(token.expires_in, 86400);
        this.token = token.access_token;
    }

    /** Answers the result of a request that must get this status. */
    async call(method, path, body, status = method === 'POST' ? 201 : 200) {
        const answer = await ask({
            method, url: this.base + path, body, json: true, headers: { Authorization: `Bearer ${this.token}` },
        });
        assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
        assert.equal(answer.body.ok, status < 400);
        return status < 400 ? answer.body.result : answer.body;
    }

    /** Makes what must stand before anybody can charge. */
    async furnish(endpoint) {
        const location = await this.call('POST', '/locations', { name: 'Yard', timezone: 'Europe/Berlin' });
        const rate = await this.call('POST', '/rates', {
            name: 'Standard', currency: 'EUR', price_components: [{ type: 'ENERGY', price: 0.4, tax: 19 }],
        });
        const user = await this.call('POST', '/users', {
            firstname: 'Ada', lastname: 'Byron', email: 'ada@example.org',
        });
        const connector = { connectorId: 1, type: 'Type2', power: 22, rate: rate._id };
        const station = await this.call('POST', '/chargestations', {
            name: 'Box', endpoint, location: location._id, security: { type: 'basic_auth' },
            connectors: [connector, { ...connector, connectorId: 2 }],
        });
        return { user, station, password: station.security.password };
    }

    /** Opens a receiver on a port of its own and registers it. */
    async listen(events) {
        this.receiver = http.createServer((incoming, answer) => this.receive(incoming, answer));
        await new Promise(done => this.receiver.listen(0, '127.0.0.1', done));
        const url = `http://127.0.0.1:${this.receiver.address().port}/webhooks`;
        this.secret = (await this.call('POST', '/webhooks', { url, events })).secret;
    }

    async receive(incoming, answer) {
        const pieces = [];
        for await (const piece of incoming) pieces.push(piece);
        const body = Buffer.concat(pieces);
        const webhook = { headers: incoming.headers, body, event: JSON.parse(body) };
        webhook.isGenuine = fitsEdrv(this.secret, webhook.headers, body, Date.now())
            && fitsStandard(this.secret, webhook.headers, body, Date.now());
        answer.writeHead(webhook.isGenuine ? 200 : 401).end();
        this.webhooks.push(webhook);
        this.waiting.splice(0).forEach(look => look());
    }

    /** The first webhook of this type, now or when it comes. */
    async webhook(type) {
        for (;;) {
            const found = this.webhooks.find(webhook => webhook.event.type === type);
            if (found) return found;
            await new Promise(look => this.waiting.push(look));
        }
    }

    close() {
        this.receiver?.close();
        this.receiver?.closeAllConnections();
    }
}

module.exports = { Application, ask };
