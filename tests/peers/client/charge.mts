// Charges once with a client whose every type comes from docs/openapi.json. What the document does not say does not
// compile; what it says wrongly does not run.

import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import { Station } from '../station.js';
import type { components, paths } from './schema.js';

type Failure = Pick<components['schemas']['Failure'], 'code' | 'message'>;
type Session = components['schemas']['Session'];

const setting = (name: string): string => process.env[name] ?? assert.fail(`${name} is not set`);

const server = setting('VOLTGATE_URL');
const api = createClient<paths>({ baseUrl: `${server}/v1.1` });

/** The result of an answer that must be a success. */
function done<T>({ data, error }: { data?: { result: T }; error?: Failure }): T {
    assert.equal(error, undefined, JSON.stringify(error));
    assert.ok(data);
    return data.result;
}

async function signIn(): Promise<void> {
    const token = done(await api.POST('/oauth/token', {
        body: {
            grant_type: 'client_credentials',
            client_id: setting('VOLTGATE_CLIENT_ID'),
            client_secret: setting('VOLTGATE_CLIENT_SECRET'),
        },
    }));
    assert.equal(token.token_type, 'Bearer');
    api.use({
        onRequest: ({ request }) => {
            request.headers.set('Authorization', `Bearer ${token.access_token}`);
            return request;
        },
    });
}

/** Makes what must stand before anybody can charge. */
async function furnish(endpoint: string): Promise<string> {
    const rate = done(await api.POST('/rates', {
        body: { name: 'Typed', currency: 'EUR', price_components: [{ type: 'ENERGY', price: 0.4, tax: 19 }] },
    }));
    done(await api.POST('/users', { body: { firstname: 'Ada', meta_data: { shop: { customer: 7 } } } }));
    const station = done(await api.POST('/chargestations', {
        body: { endpoint, connectors: [{ connectorId: 1, type: 'Type2', power: 22, rate: rate._id }] },
    }));
    return station.security.password ?? assert.fail('A new station shows its password');
}

async function findPrerequisites(endpoint: string): Promise<{ connector: string; user: string }> {
    const stations = done(await api.GET('/chargestations', { params: { query: { endpoint, online: true } } }));
    const users = done(await api.GET('/users', { params: { query: { paginate_limit: 1, sort_order: 'desc' } } }));
    const [connector, user] = [stations[0]?.connectors[0], users[0]];
    assert.ok(connector && user);
    assert.deepEqual(user.meta_data, { shop: { customer: 7 } });
    return { connector: connector._id, user: user._id };
}

/** Reads the session until it says so. */
async function until(id: string, status: string): Promise<Session> {
    for (;;) {
        const session = done(await api.GET('/sessions/{id}', { params: { path: { id } } }));
        if (session.status === status) return session;
        assert.notEqual(session.status, 'cancelled', session.failure?.message);
        await new Promise(again => setTimeout(again, 50));
    }
}

async function start(body: components['schemas']['SessionBody']): Promise<Session> {
    const params = { header: { 'Idempotency-Key': 'typed-order-1' } };
    const first = await api.POST('/sessions', { params, body });
    const again = await api.POST('/sessions', { params, body });
    assert.equal(again.response.headers.get('Idempotent-Replayed'), 'true');
    assert.equal(done(again)._id, done(first)._id);
    return done(first);
}

async function main(): Promise<void> {
    const endpoint = 'TYPED-1';
    await signIn();
    const station = new Station(endpoint, await furnish(endpoint));
    assert.equal((await station.start()).status, 'Accepted');

    const body = await findPrerequisites(endpoint);
    const { _id: id, status } = await start(body);
    assert.equal(status, 'created');
    const { idTag } = await station.order('RemoteStartTransaction');
    const timestamp = (): string => new Date().toISOString();
    const { transactionId } = await station.call(
        'StartTransaction', { connectorId: 1, idTag, meterStart: 1000, timestamp: timestamp() });
    await until(id, 'Started');

    const busy = await api.POST('/sessions', { body });
    assert.equal(busy.error?.code, 'connector_busy');
    assert.equal(busy.response.status, 409);

    await station.meter(transactionId, 2000, 11000);
    const path = { id };
    const reports = done(await api.GET('/sessions/{id}/energy_reports', { params: { path } }));
    assert.equal(reports.at(-1)?.energy_meter?.value, 2000);
    assert.equal(reports.at(-1)?.power?.unit, 'kW');

    done(await api.POST('/sessions/{id}/stop', { params: { path } }));
    await station.order('RemoteStopTransaction');
    await station.call('StopTransaction', { transactionId, idTag, meterStop: 3500, timestamp: timestamp() });
    const ended = await until(id, 'Ended');
    assert.equal(ended.metrics.energyConsumed, 2500);
    assert.equal(ended.cost?.amount, 1.19);
    assert.equal(ended.cost?.breakdown[0]?.unit, 'kWh');
    assert.deepEqual(station.faults, []);
    console.log(`typed: ${ended.status} ${ended.metrics.energyConsumed} Wh ${ended.cost?.amount} ${ended.cost?.currency}`);
    await station.close();
}

main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
