'use strict';

const { createValidator } = require('ocpp-rpc');
const latest = require('ocpp-rpc/lib/schemas/ocpp2_1.json');

/** The library looks for its schemas of 2.1 under the names that those of 2.0.1 have; they have others. */
function validators(protocol) {
    if (protocol !== 'ocpp2.1') return [];
    const renamed = latest.map(schema => ({
        ...schema, $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
    }));
    return [createValidator(protocol, renamed)];
}

module.exports = { validators };
