'use strict';

// A mail server on a port of this machine. Each mail that it takes is a line of JSON, after a line that tells the port.
// MAIL_SECURITY: starttls, tls or none. MAIL_AUTH: PLAIN or LOGIN, and then user "voltgate", password "right".
// It knows nobody@…, and says so; busy@… is asked to come back later.

const fs = require('node:fs');
const { SMTPServer } = require('smtp-server');

const { MAIL_PORT = '0', MAIL_SECURITY, MAIL_AUTH, MAIL_CERT, MAIL_KEY } = process.env;

const say = line => process.stdout.write(JSON.stringify(line) + '\n');

const refusal = (responseCode, message) => Object.assign(new Error(message), { responseCode });

const server = new SMTPServer({
    secure: MAIL_SECURITY === 'tls',
    hideSTARTTLS: MAIL_SECURITY === 'none',
    ...(MAIL_CERT ? { cert: fs.readFileSync(MAIL_CERT), key: fs.readFileSync(MAIL_KEY) } : {}),
    authOptional: !MAIL_AUTH,
    authMethods: MAIL_AUTH ? [MAIL_AUTH] : [],
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password }, _, done) => username === 'voltgate' && password === 'right'
        ? done(null, { user: username })
        : done(refusal(535, '5.7.8 Wrong')),
    onRcptTo: ({ address }, _, done) => {
        if (address.startsWith('nobody@')) done(refusal(550, `5.1.1 <${address}> is not known here`));
        else if (address.startsWith('busy@')) done(refusal(451, '4.3.0 Come back'));
        else done();
    },
    onData: (stream, session, done) => {
        const pieces = [];
        stream.on('data', piece => pieces.push(piece));
        stream.on('end', () => {
            const { mailFrom, rcptTo } = session.envelope;
            say({
                from: mailFrom.address, to: rcptTo.map(to => to.address), secure: session.secure, user: session.user ?? null,
                hello: session.hostNameAppearsAs, raw: Buffer.concat(pieces).toString('latin1'),
            });
            done();
        });
    },
});

server.on('error', () => {}); // somebody hung up, or did not trust the certificate
server.listen(Number(MAIL_PORT), '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.on('end', () => process.exit()).resume();
