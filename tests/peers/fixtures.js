'use strict';

// Holds this project's examples of messages, FOLDER/VERSION/ACTION.request.json and .response.json, to the official
// schemas that a library of somebody else ships.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const validators = require('ocpp-rpc/lib/standard-validators');

const BUNDLES = { '1.6': 'ocpp1_6', '2.0.1': 'ocpp2_0_1', '2.1': 'ocpp2_1' };

/** Messages that need not have a fixture: in 1.6 what the platform's own certificates need; it has none. */
const UNSERVED = new Set(['1.6 CertificateSigned', '1.6 SignCertificate']);

/** Read by the record that another message's fixture fills: SetChargingProfile's, MeterValues'. */
const ELSEWHERE = new Map([
    ['1.6 RemoteStartTransaction.request', '.chargingProfile.'], ['1.6 StopTransaction.request', '.transactionData.'],
]);

/** Authorize.request of urn:Authorize.req, of urn:AuthorizeRequest; a message that has no answer is a request. */
function nameOf(id) {
    const [, action, kind] = id.match(/^urn:(\w+?)(?:\.?(req|conf|Request|Response))?$/);
    return `${action}.${/^(conf|Response)$/.test(kind) ? 'response' : 'request'}`;
}

/** A version's official schemas, by the names of their fixtures. */
function schemasOf(version) {
    return new Map(require(`ocpp-rpc/lib/schemas/${BUNDLES[version]}.json`)
        .map(schema => [nameOf(schema.$id ?? schema.id), schema])
        .filter(([name]) => !UNSERVED.has(`${version} ${name.split('.')[0]}`)));
}

/** The schema itself, wherever it is defined. */
function resolve(schema, root) {
    return schema.$ref ? root.definitions[schema.$ref.split('/').at(-1)] : schema;
}

/** Every field that a schema knows, as a path; what vendors put into customData is theirs. */
function fieldsOf(schema, root = schema, at = '') {
    const { properties = {}, items } = resolve(schema, root);
    const nested = Object.entries(properties).filter(([name]) => name !== 'customData').flatMap(([name, field]) =>
        [`${at}.${name}`, ...fieldsOf(field, root, `${at}.${name}`)]);
    return items ? fieldsOf(items, root, at) : nested;
}

function fieldsIn(value, at = '') {
    if (Array.isArray(value)) return value.flatMap(item => fieldsIn(item, at));
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([name, field]) => [`${at}.${name}`, ...fieldsIn(field, `${at}.${name}`)]);
}

/** One fixture a message, each with every field that the message may have. */
function checkCoverage(folder, version) {
    for (const [name, schema] of schemasOf(version)) {
        const file = path.join(folder, version, `${name}.json`);
        assert.ok(fs.existsSync(file), `${version} ${name} has no fixture ${file}`);
        const has = new Set(fieldsIn(JSON.parse(fs.readFileSync(file))));
        const missing = fieldsOf(schema)
            .filter(field => !has.has(field) && !field.startsWith(ELSEWHERE.get(`${version} ${name}`)));
        assert.deepEqual(missing, [], `the fixture of ${version} ${name} lacks fields`);
    }
}

/** How many fixtures there are of all versions; each conforms. */
function checkFixtures(folder) {
    return Object.keys(BUNDLES).reduce((sum, version) => sum + checkVersion(folder, version), 0);
}

function checkVersion(folder, version) {
    checkCoverage(folder, version);
    const official = validators.find(validator => validator.subprotocol === `ocpp${version}`);
    const ids = new Map(require(`ocpp-rpc/lib/schemas/${BUNDLES[version]}.json`)
        .map(schema => schema.$id ?? schema.id).map(id => [nameOf(id), id]));
    const names = fs.readdirSync(path.join(folder, version))
        .filter(file => file.endsWith('.json')).map(file => file.replace(/\.json$/, ''));
    for (const name of names) {
        assert.ok(ids.has(name), `${version} has no ${name}`);
        official.validate(ids.get(name), JSON.parse(fs.readFileSync(path.join(folder, version, `${name}.json`))));
    }
    assert.throws(() => official.validate(ids.get('Heartbeat.request'), { more: 1 }));
    return names.length;
}

module.exports = { checkFixtures, resolve, schemasOf };
