'use strict';

// Holds the OpenAPI document to its own word: every example in it, and every answer of a real server that is handed
// in, must fit the schema that stands beside it. The judge is `ajv`, which nobody here wrote.
//
// Standard input: one JSON object a line, {name, at, value}; at is a JSON pointer to the schema in the document.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const addFormats = require('ajv-formats');
const Ajv = require('ajv/dist/2020');

const document = JSON.parse(fs.readFileSync(process.env.VOLTGATE_OPENAPI, 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true });
addFormats(ajv);
ajv.addVocabulary(Object.keys(document)); // its own words stand around the schemas
ajv.addSchema(document, 'openapi');

const step = name => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
const validators = new Map();

/** What is wrong with the value, or nothing. */
function faults(at, value) {
    if (!validators.has(at)) validators.set(at, ajv.compile({ $ref: `openapi#${at}` }));
    const validate = validators.get(at);
    return validate(value) ? [] : validate.errors.map(error => `${error.instancePath} ${error.message}`);
}

function* operations() {
    for (const [path, item] of Object.entries(document.paths))
        for (const [verb, operation] of Object.entries(item))
            yield { name: `${verb.toUpperCase()} ${path}`, at: `/paths/${step(path)}/${step(verb)}`, operation };
}

function* contents(name, at, content) {
    for (const [type, media] of Object.entries(content ?? {})) {
        const schema = `${at}/content/${step(type)}/schema`;
        if (media.example !== undefined) yield { name, at: schema, value: media.example };
        for (const [code, { $ref }] of Object.entries(media.examples ?? {})) {
            const { value } = document.components.examples[$ref.split('/').at(-1)];
            assert.equal(value.code, code, `${name}: the example of ${code} tells of ${value.code}`);
            yield { name: `${name} ${code}`, at: schema, value };
        }
    }
}

function* examples() {
    for (const { name, at, operation } of operations()) {
        yield* contents(`${name} body`, `${at}/requestBody`, operation.requestBody?.content);
        for (const [status, response] of Object.entries(operation.responses))
            yield* contents(`${name} ${status}`, `${at}/responses/${status}`, response.content);
        for (const [index, parameter] of (operation.parameters ?? []).entries())
            if (parameter.example !== undefined)
                yield {
                    name: `${name} ${parameter.name}`, at: `${at}/parameters/${index}/schema`, value: parameter.example,
                };
    }
}

// A judge that lets everything pass would prove nothing.
assert.ok(faults('/components/schemas/Session', {}).length > 0);
assert.ok(faults('/components/schemas/SessionBody', { connector: 'x', user: 'y', more: 1 }).length >= 3);

const answers = fs.readFileSync(0, 'utf8').split('\n').filter(line => line).map(line => JSON.parse(line));
const shown = [...examples()];
assert.ok(shown.length > 300, `only ${shown.length} examples`);
const wrong = [...shown, ...answers].flatMap(
    ({ name, at, value }) => faults(at, value).map(fault => `${name}: ${fault}`));
assert.deepEqual(wrong, []);
console.log(`fits: ${shown.length} examples, ${answers.length} answers`);
