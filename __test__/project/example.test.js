'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { after, before, describe, it } = require('node:test');

const { createRevocations, decode } = require('../..');
const { runAttacks } = require('../../examples/api/attacks');
const { readConfig } = require('../../examples/api/config');
const { start } = require('../../examples/api/main');

const MAIN = join(__dirname, '../../examples/api/main.js');
const ADMIN = { email: 'root@example.com', password: 'a password for the admin' };
const ADA = { email: 'ada@example.com', password: 'correct horse battery' };
const ENV = {
  PORT: '0',
  JWT_SECRET: 'a secret of the tests, long enough for HS256',
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
};

describe('example', () => {
  let api;
  before(async () => {
    api = await start(ENV);
  });
  after(() => api.stop());

  /** @param {string} path @param {{ body?: unknown, token?: string }} [init] */
  async function call(path, { body, token } = {}) {
    const headers = {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(api.url + path, init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined, headers: response.headers };
  }

  const logIn = async (credentials) => (await call('/login', { body: credentials })).json.token;

  it('walks from sign-up to a rendered comment', async () => {
    const signUp = await call('/signup', { body: ADA });
    assert.equal(signUp.status, 201);
    assert.deepEqual(signUp.json.roles, []);
    const token = await logIn(ADA);
    assert.deepEqual((await call('/me', { token })).json, signUp.json);
    const comment = await call('/comments', { token, body: { text: '<b>Tom</b> & "Jerry"' } });
    assert.equal(comment.status, 201);
    assert.equal(comment.json.text, '<b>Tom</b> & "Jerry"');
    assert.deepEqual((await call(comment.headers.get('location'))).json, comment.json);
    assert.deepEqual((await call('/comments?limit=1')).json, [comment.json]);
    assert.match((await call('/comments.html')).text, /&lt;b&gt;Tom&lt;\/b&gt; &amp; &quot;Jerry&quot;/);
  });

  it('issues new tokens for a refresh token once, and none after log-out', async () => {
    const first = (await call('/login', { body: ADA })).json;
    const second = await call('/refresh', { body: { refreshToken: first.refreshToken } });
    assert.equal(second.status, 200);
    assert.equal((await call('/me', { token: second.json.token })).status, 200);
    assert.equal((await call('/logout', { token: second.json.token, body: {} })).status, 204);
    for (const token of [first.token, second.json.token]) assert.equal((await call('/me', { token })).status, 401);
    assert.equal((await call('/refresh', { body: { refreshToken: second.json.refreshToken } })).status, 401);
  });

  it('keeps a revocation for as long as a token could live', async (t) => {
    const { token } = (await call('/login', { body: ADA })).json;
    const { sid, exp } = decode(token).payload;
    assert.equal((await call('/logout', { token, body: {} })).status, 204);
    // The table of the API: the same name is the same table.
    const revocations = createRevocations();
    const LONGEST_TOLERANCE_SECONDS = 300;
    const end = (exp + LONGEST_TOLERANCE_SECONDS) * 1_000;
    t.mock.timers.enable({ apis: ['Date'], now: end - 1_000 });
    assert.equal(revocations.isRevoked({ sid }), true);
    t.mock.timers.setTime(end + 2_000);
    assert.equal(revocations.isRevoked({ sid }), false);
  });

  it('lets the admin alone see the users', async () => {
    await call('/signup', { body: { ...ADA, email: 'bob@example.com' } });
    const user = await call('/admin/users', { token: await logIn({ ...ADA, email: 'bob@example.com' }) });
    assert.equal(user.status, 403);
    const admin = await call('/admin/users', { token: await logIn(ADMIN) });
    assert.equal(admin.status, 200);
    assert.ok(admin.json.some(({ email }) => email === 'bob@example.com'));
    assert.doesNotMatch(admin.text, /argon2/);
  });

  it('responds with problem+json that names the field and not the value', async () => {
    const { status, json, text, headers } = await call('/signup', {
      body: { email: 'not-an-address', password: ADA.password },
    });
    assert.equal(status, 400);
    assert.match(headers.get('content-type'), /^application\/problem\+json/);
    assert.equal(json.detail, 'email must be an e-mail address');
    assert.doesNotMatch(text, /not-an-address/);
  });

  it('refuses a second account for one address, in any letters', async () => {
    const body = { ...ADA, email: 'carol@example.com' };
    assert.equal((await call('/signup', { body })).status, 201);
    assert.equal((await call('/signup', { body: { ...body, email: 'Carol@Example.com' } })).status, 409);
  });

  it('refuses to start on a busy port and names the cure', async () => {
    const port = new URL(api.url).port;
    await assert.rejects(start({ ...ENV, PORT: port }), {
      message: new RegExp(`Port ${port} .*PORT=${Number(port) + 1} npm start`),
    });
  });

  it('refuses settings that are wrong', () => {
    assert.throws(() => readConfig({ JWT_SECRET: 'x'.repeat(31) }), /31 bytes and needs at least 32/);
    assert.throws(() => readConfig({ PORT: '80x' }), /PORT must be a whole number/);
    assert.throws(() => readConfig({ ADMIN_PASSWORD: 'short' }), /at least 12 characters/);
  });

  it('reads the proxies in front, and refuses what would trust everyone', () => {
    const proxies = (TRUST_PROXY) => readConfig({ TRUST_PROXY }).trustProxy;
    assert.equal(proxies(undefined), false);
    assert.equal(proxies('false'), false);
    assert.equal(proxies('2'), 2);
    assert.deepEqual(proxies('loopback, 10.0.0.0/8,::1'), ['loopback', '10.0.0.0/8', '::1']);
    assert.throws(() => proxies('true'), { message: /^TRUST_PROXY=true .*TRUST_PROXY=1$/ });
    for (const wrong of ['nginx', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.1,', '-1']) {
      assert.throws(() => proxies(wrong), { message: /^TRUST_PROXY must be .*$/ }, wrong);
    }
  });

  it('refuses origins that no browser sends', () => {
    const ALLOWED_ORIGINS = 'https://a.example.com, http://localhost:5173';
    assert.deepEqual(readConfig({ ALLOWED_ORIGINS }).origins, ALLOWED_ORIGINS.split(', '));
    for (const wrong of ['https://a.example.com,', 'a.example.com', 'https://a.example.com/', '*']) {
      assert.throws(() => readConfig({ ALLOWED_ORIGINS: wrong }), { message: /^ALLOWED_ORIGINS must be .*$/ }, wrong);
    }
  });

  it('warns of a secret made for this run', () => {
    const { jwt, warnings } = readConfig({});
    assert.equal(jwt.key.length, 32);
    assert.match(warnings.join(), /JWT_SECRET is not set/);
    assert.deepEqual(readConfig(ENV).warnings, []);
  });

  it('invents an admin only where the data end with the run', () => {
    assert.equal(readConfig({}).admin?.isInvented, true);
    assert.equal(readConfig({ DATA_DIR: 'somewhere' }).admin, null);
  });

  it('prints what to type, and ends in order on a signal', async () => {
    const child = spawn(process.execPath, [...process.execArgv, MAIN], { env: { ...process.env, ...ENV } });
    const exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    let output = '';
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    await new Promise((resolve) => {
      child.once('exit', resolve);
      child.stdout.on('data', (chunk) => {
        output += chunk;
        if (output.includes('/comments.html')) resolve(undefined);
      });
    });
    assert.match(output, /listens on http:\/\/127\.0\.0\.1:\d+/);
    child.kill('SIGTERM');
    // Windows knows no signals: there the process is ended from outside.
    assert.equal(await exit, process.platform === 'win32' ? null : 0, output);
  });

  it('holds against every attack', async () => {
    const rows = await runAttacks();
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    assert.equal(rows.length, Number(/sends (\d+) attacks to it/.exec(readme)?.[1]), 'README.md names another number');
    assert.deepEqual(
      rows.filter(({ held }) => !held),
      [],
    );
  });
});
