'use strict';

// Each area as a client sees it: requests to a real server on 127.0.0.1.

const assert = require('node:assert/strict');
const http = require('node:http');

const { ORIGIN, createApp } = require('./app');

const ACCOUNT = { name: 'ada', password: 'correct horse battery staple' };

/** Starts the app and returns the checks, which run in this order, and what closes it. */
async function overHttp() {
  const { app, passwords } = createApp();
  const server = http.createServer(app);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const send = (method, path, options) => request(server.address().port, method, path, options);
  const close = async () => {
    await passwords.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { checks: { ...policies(send), ...inputs(send), ...sessions(send) }, close };
}

const policies = (send) => ({
  'harden, headers': async () => {
    const { status, headers } = await send('GET', '/health');
    assert.deepEqual([status, headers['x-content-type-options'], headers['x-powered-by']], [200, 'nosniff', undefined]);
    assert.match(headers['x-request-id'], /^[\da-f-]{36}$/);
  },
  cors: async () => {
    const allowed = await send('GET', '/health', { headers: { Origin: ORIGIN } });
    assert.equal(allowed.headers['access-control-allow-origin'], ORIGIN);
    const foreign = await send('GET', '/health', { headers: { Origin: 'https://evil.example' } });
    assert.equal(foreign.headers['access-control-allow-origin'], undefined);
  },
  https: async () => assert.equal((await send('GET', '/secure')).status, 403),
  'rate limit': async () => {
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await send('GET', '/limited'));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429],
    );
    assert.ok(Number(answers[2].headers['retry-after']) > 0);
  },
  'error handler': async () => {
    const { status, text, headers } = await send('GET', '/broken');
    assert.equal(status, 500);
    assert.match(headers['content-type'], /^application\/problem\+json/);
    assert.doesNotMatch(text, /secret|database/);
  },
});

const inputs = (send) => ({
  'input guard': async () => {
    const taken = await send('POST', '/echo', { body: { email: 'ada@example.com' } });
    assert.deepEqual([taken.status, taken.json()], [200, { email: 'ada@example.com' }]);
    for (const text of ['{"email":{"$gt":""}}', '{"__proto__":{"admin":true}}', '{"a":1,"a":2}', '{"a":']) {
      assert.equal((await send('POST', '/echo', { text })).status, 400, text);
    }
  },
  escape: async () => {
    const { text } = await send('GET', `/greet?name=${encodeURIComponent('<b onclick="x">Ärger & Söhne 😀</b>')}`);
    assert.equal(text, '<p>&lt;b onclick=&quot;x&quot;&gt;Ärger &amp; Söhne 😀&lt;/b&gt;</p>');
  },
});

const bearer = ({ token }) => ({ Authorization: `Bearer ${token}` });

const sessions = (send) => ({
  passwords: async () => {
    assert.equal((await send('POST', '/signup', { body: ACCOUNT })).status, 201);
    assert.equal((await send('POST', '/login', { body: ACCOUNT })).status, 200);
    assert.equal((await send('POST', '/login', { body: { ...ACCOUNT, password: 'wrong' } })).status, 401);
    assert.equal((await send('POST', '/login', { body: { name: 'eve', password: 'any' } })).status, 401);
  },
  'tokens, revocations': async () => {
    const session = (await send('POST', '/login', { body: ACCOUNT })).json();
    assert.deepEqual((await send('GET', '/me', { headers: bearer(session) })).json(), { sub: 'ada' });
    assert.equal((await send('GET', '/me')).status, 401);
    const changed = { token: session.token.replace(/^[^.]+/, (header) => `${header.slice(0, -1)}A`) };
    assert.equal((await send('GET', '/me', { headers: bearer(changed) })).status, 401);
    assert.equal((await send('POST', '/logout', { headers: bearer(session) })).status, 204);
    assert.equal((await send('GET', '/me', { headers: bearer(session) })).status, 401);
  },
  'refresh tokens': async () => {
    const first = (await send('POST', '/login', { body: ACCOUNT })).json();
    const second = (await send('POST', '/refresh', { body: first })).json();
    const third = await send('POST', '/refresh', { body: second });
    assert.equal(third.status, 200);
    assert.equal((await send('POST', '/refresh', { body: first })).status, 401);
    assert.equal((await send('POST', '/refresh', { body: third.json() })).status, 401);
  },
  'cookies, cross-site requests': async () => {
    const { headers } = await send('POST', '/login', { body: ACCOUNT });
    const Cookie = headers['set-cookie'][0].split(';')[0];
    const from = (site) => ({ Cookie, 'Sec-Fetch-Site': site });
    assert.equal((await send('POST', '/me', { headers: from('same-origin') })).status, 200);
    assert.equal((await send('POST', '/me', { headers: from('cross-site') })).status, 403);
  },
});

function request(port, method, path, { headers = {}, body, text = body && JSON.stringify(body) } = {}) {
  return new Promise((resolve, reject) => {
    const type =
      text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const options = { host: '127.0.0.1', port, method, path, headers: { ...type, ...headers }, agent: false };
    const outgoing = http.request(options, (response) => {
      let received = '';
      response.setEncoding('utf8').on('data', (part) => {
        received += part;
      });
      response.on('error', reject).on('end', () => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, text: received, json: () => JSON.parse(received) });
      });
    });
    outgoing.on('error', reject).end(text);
  });
}

module.exports = { overHttp };
