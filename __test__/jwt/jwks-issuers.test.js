// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { after, before, beforeEach, describe, it } = require('node:test');

const { createIssuers } = require('../../lib/jwt/jwks/issuers');
const { COOLDOWN_MS, FRESH_MS, STALE_MS, DEADLINE_MS, UNAVAILABLE, kidsOf, useRig } = require('../support/jwks-rig');
const { until } = require('../support/until');
const remote = require('../support/jwks-server');

const rig = useRig();

describe('jwks issuers', () => {
  /** @type {remote.JwksServer} */
  let second;
  before(async () => {
    second = await new remote.JwksServer().listen();
  });
  beforeEach(() => {
    second.requests = 0;
    second.answer = remote.keys('of-b');
    rig.server.answer = remote.keys('of-a');
  });
  after(() => second.close());

  const A = 'https://a.example/';
  const B = 'https://b.example/';
  /** @param {any[]} [list] */
  const two = (
    list = [
      { issuer: A, url: rig.server.url },
      { issuer: B, url: second.url },
    ],
  ) => createIssuers(list, (options) => rig.open({ ...options }).source);

  it('gives each issuer a source of its own, and never mixes their keys', async () => {
    const issuers = two();
    for (const source of issuers.sources) await source.ready();
    assert.deepEqual(kidsOf(issuers.of(A).current()), ['of-a']);
    assert.deepEqual(kidsOf(issuers.of(B).current()), ['of-b']);
    rig.now += COOLDOWN_MS;
    assert.deepEqual(kidsOf(await issuers.of(A).refresh('unknown-kid', 'of-b')), ['of-a']);
    assert.deepEqual([rig.server.requests, second.requests], [2, 1]);
  });

  it('lets one whose endpoint fails cost the other nothing', async () => {
    rig.server.answer = remote.stall;
    const issuers = createIssuers(
      [
        { issuer: A, url: rig.server.url, timeoutMs: 200 },
        { issuer: B, url: second.url },
      ],
      (options) => rig.open(options).source,
    );
    const failing = assert.rejects(issuers.of(A).ready(), UNAVAILABLE);
    assert.deepEqual(kidsOf(await issuers.of(B).refresh('missing')), ['of-b']);
    await failing;
  });

  const UNKNOWN = ['', 'https://a.example', `${A} `, `${A}\0`, A.toUpperCase(), `${A}:${B}`, `${A},${B}`, '__proto__'];
  for (const issuer of [...UNKNOWN, 'constructor', undefined, null, 5, [A], { toString: () => A }]) {
    it(`rejects the issuer ${JSON.stringify(issuer)} without a fetch`, () => {
      const issuers = two();
      assert.throws(() => issuers.of(issuer), { name: 'PortcullisError', code: 'ERR_JWT_ISSUER', status: 401 });
      assert.deepEqual([rig.server.requests, second.requests], [0, 0]);
    });
  }

  it('takes __proto__ for an issuer like any other', () => {
    const issuers = two([{ issuer: '__proto__', url: rig.server.url }]);
    assert.equal(issuers.of('__proto__'), issuers.sources[0]);
    assert.throws(() => issuers.of('constructor'), { code: 'ERR_JWT_ISSUER' });
  });

  it('rejects lists that name no issuer, or one twice', () => {
    const url = 'https://a.example/keys';
    const LISTS = [[], {}, 'x', [null], [undefined], [[]], [{ url }], [{ issuer: '', url }], [{ issuer: /a/, url }]];
    for (const list of [
      ...LISTS,
      [{ issuer: '\ud800', url }],
      [
        { issuer: A, url },
        { issuer: A, url: `${url}2` },
      ],
    ]) {
      assert.throws(() => two(/** @type {any} */ (list)), { name: 'TypeError', code: 'ERR_JWT_OPTION' });
    }
  });

  it('closes the sources before a faulty one', () => {
    /** @type {any[]} */
    const made = [];
    const make = (/** @type {any} */ options) => {
      const { source } = rig.open(options);
      made.push(source);
      return source;
    };
    assert.throws(
      () =>
        createIssuers(
          [
            { issuer: A, url: rig.server.url },
            { issuer: B, url: 'http://b.example' },
          ],
          make,
        ),
      {
        code: 'ERR_JWT_OPTION',
      },
    );
    return assert.rejects(made[0].ready(), { ...UNAVAILABLE, reason: 'closed' });
  });
});

describe('jwks close and process', () => {
  it('ends a running fetch, without an event, and begins no other', { timeout: DEADLINE_MS }, async () => {
    rig.server.answer = remote.stall;
    const { source, events } = rig.open({ prefetch: true, timeoutMs: 60_000 });
    const waiting = assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'closed' });
    await until(() => rig.server.requests === 1);
    source.close();
    await waiting;
    rig.now += STALE_MS;
    await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'closed' });
    assert.deepEqual(events, []);
    assert.equal(rig.server.requests, 1);
  });

  it('goes on with its keys for the requests that are still there', async () => {
    const { source } = await rig.loaded();
    source.close();
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'other')), ['first']);
    rig.now += 2 * FRESH_MS;
    assert.equal(source.current(), undefined);
    assert.equal(rig.server.requests, 1);
  });

  it('keeps the keys when a listener throws, and says so', async () => {
    const { source } = rig.open();
    source.on('refresh', () => {
      throw new Error('the log is full');
    });
    const warned = once(process, 'warning');
    await source.ready();
    const [warning] = await warned;
    assert.equal(warning.code, 'WRN_JWT_JWKS_LISTENER');
    assert.deepEqual(kidsOf(source.current()), ['first']);
  });

  const MODULE = JSON.stringify(join(__dirname, '../../lib/jwt/jwks/source'));
  /** @param {string} code */
  const program = (code) => `
    const { createJwksSource } = require(${MODULE});
    const prepare = ({ keys }) => ({ keyIds: new Set(keys.map(({ kid }) => kid)) });
    ${code}`;

  it('lets the process end with an open source', async () => {
    const code = program(`
      const source = createJwksSource({ url: '${rig.server.url}' }, prepare);
      source.ready().then(() => console.log('loaded'));`);
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    const [exitCode, signal] = await once(child, 'close');
    clearTimeout(timer);
    assert.deepEqual([exitCode, signal, printed], [0, null, 'loaded\n']);
  });

  it('lets the process end at once while a fetch of the user never settles', () => {
    const code = program(`
      const fetch = () => new Promise(() => {});
      createJwksSource({ url: 'https://issuer.example/', fetch, timeoutMs: 60_000 }, prepare);`);
    execFileSync(process.execPath, ['-e', code], { timeout: 10_000 });
  });

  it('holds the process no longer than timeoutMs while an endpoint stalls', async () => {
    rig.server.answer = remote.stall;
    const code = program(`createJwksSource({ url: '${rig.server.url}', timeoutMs: 200 }, prepare);`);
    const child = spawn(process.execPath, ['-e', code], { stdio: 'inherit' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    assert.deepEqual(await once(child, 'close'), [0, null]);
    clearTimeout(timer);
  });

  it('lets the process end with an endpoint that cannot be reached, and rejects nothing that nobody hears', () => {
    const code = program(`
      createJwksSource({ url: 'http://127.0.0.1:9/' }, prepare);
      const idle = createJwksSource({ url: 'https://issuer.example/', prefetch: false }, prepare);
      idle.close();`);
    execFileSync(process.execPath, ['--unhandled-rejections=strict', '-e', code], { timeout: 10_000 });
  });
});
