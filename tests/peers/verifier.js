'use strict';

// Verifies webhooks by what the API's documentation says of them, and by nothing else.

const crypto = require('node:crypto');

const hmac = (key, text, form) => crypto.createHmac('sha256', key).update(text).digest(form);

const isEqual = (a, b) => a.length === b.length && crypto.timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** `edrv-signature: t=<unix ms>,v1=<hex HMAC-SHA256 of the raw body>`, keyed with the secret's whole text. */
function fitsEdrv(secret, headers, body, nowMs) {
    const parts = (headers['edrv-signature'] ?? '').split(',').map(part => part.split('='));
    const at = Number(parts.find(([name]) => name === 't')?.[1]);
    const signatures = parts.filter(([name]) => name === 'v1').map(([, value]) => value);
    const expected = hmac(Buffer.from(secret, 'utf8'), body, 'hex');
    return Math.abs(nowMs - at) < 180_000 && signatures.some(signature => isEqual(signature, expected));
}

/** Standard Webhooks: base64 of HMAC-SHA256 over `id.timestamp.body`, keyed with the bytes behind `whsec_`. */
function fitsStandard(secret, headers, body, nowMs) {
    const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']];
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
    const expected = `v1,${hmac(key, signed, 'base64')}`;
    const fresh = Math.abs(nowMs / 1000 - Number(timestamp)) < 180;
    return fresh && (headers['webhook-signature'] ?? '').split(' ').some(signature => isEqual(signature, expected));
}

module.exports = { fitsEdrv, fitsStandard };
