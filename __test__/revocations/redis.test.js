// @ts-check
'use strict';

// Processes that keep their revocations in step through a real server.

const assert = require('node:assert/strict');
const { after, afterEach, before, describe, it } = require('node:test');
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const { describeRedis, privateRedis } = require('../support/redis');
const { until } = require('../support/until');
const { CLIENTS } = require('../support/redis-clients');
const { anotherProcess, knows, later: LATER } = require('../support/revocations');
const { RedisStore } = require('../..');

const PACE = { pollMs: 100, maxStaleMs: 1_000 };
/** For tests in which no process should fall out of step, however busy the machine is. */
const PATIENT = { maxStaleMs: 20_000 };
const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_REVOCATIONS_UNAVAILABLE', status: 503 };

/** The part of the surface that only lib uses. @param {any} revocations */
const inner = (revocations) => revocations;

const KINDS = CLIENTS.filter(({ name }) => ['ioredis', 'redis', 'GlideClient'].includes(name));

describeRedis('revocations over redis', () => {
  // Each client has a server of its own, and mostly waits.
  describe('with each client', { concurrency: true }, () => {
    for (const kind of KINDS) describe(kind.name, { concurrency: 1 }, () => suite(kind));
  });
});

/** @param {import('../support/redis-clients').Kind} kind */
function suite({ name, connect, close, minDeadlineMs = 200 }) {
  const server = privateRedis();
  /** @type {any[]} */ let clients = [];
  /** @type {Array<import('../..').Revocations>} */ let open = [];

  before(() => server.start());
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()));
    clients.forEach(close);
    clients = [];
    open = [];
    server.resume();
    await server.kill();
    await server.start();
  });
  after(() => clients.forEach(close));

  /** What another process would be. @param {'open' | 'closed'} onFailure @param {import('../..').RevocationsOptions} [options] */
  async function process_(onFailure = 'closed', options = {}) {
    const client = await connect([server.port]);
    clients.push(client);
    const store = new RedisStore({ client, onFailure, deadlineMs: minDeadlineMs });
    const revocations = anotherProcess({ ...PACE, ...options, store });
    open.push(revocations);
    return revocations;
  }

  /** @param {'open' | 'closed'} [onFailure] */
  async function two(onFailure) {
    const pair = await Promise.all([process_(onFailure), process_(onFailure)]);
    await Promise.all(pair.map((one) => one.ready()));
    return pair;
  }

  it('shares every kind of revocation with the other process', { timeout: 20_000 }, async () => {
    const [one, other] = await two();
    const iat = Math.floor(Date.now() / 1000);
    await one.revoke({ jti: 'a', exp: LATER() });
    await one.revokeId('b');
    await one.revokeSubject('ada');
    await one.revokeSession('s');
    await one.revokeKey('k');
    await until(() => other.size === 5);
    assert.equal(other.isRevoked({ jti: 'a' }) && other.isRevoked({ jti: 'b' }), true);
    assert.equal(other.isRevoked({ sub: 'ada', iat }), true);
    assert.equal(other.isRevoked({ sub: 'ada', iat: iat + 60 }), false);
    assert.equal(other.isRevoked({ sid: 's' }) && other.isRevoked({}, 'k'), true);
  });

  it('announces a revocation, so that other processes need not wait for their poll', {
    timeout: 20_000,
  }, async () => {
    const pace = { pollMs: 5_000, maxStaleMs: 10_000 };
    const one = await process_('open', pace);
    const other = await process_('open', pace);
    await sleep(300);
    await one.revokeId('quick', { expiresAt: LATER() });
    await until(() => knows(other, 'quick'), 2_000);
  });

  it('rejects every token before it is first in step when closed, and goes on when open', {
    timeout: 20_000,
  }, async () => {
    server.pause();
    const [closed, opened] = [await process_('closed'), await process_('open')];
    assert.throws(() => closed.isRevoked({ jti: 'a' }), UNAVAILABLE);
    assert.equal(opened.isRevoked({ jti: 'a' }), false);
    const [[cause]] = await Promise.all([once(opened, 'outOfStep'), once(closed, 'outOfStep')]);
    assert.equal(cause?.code, 'ERR_REDIS_UNAVAILABLE');
    server.resume();
    await Promise.all([closed.ready(), opened.ready()]);
    assert.equal(closed.isRevoked({ jti: 'a' }), false);
  });

  it('is out of step while the server hangs, and in step afterwards', { timeout: 20_000 }, async () => {
    const [one, other] = await two();
    server.pause();
    await once(one, 'outOfStep');
    assert.throws(() => one.isRevoked({ jti: 'a' }), UNAVAILABLE);
    await assert.rejects(one.revokeId('meanwhile', { expiresAt: LATER() }), { code: 'ERR_REDIS_UNAVAILABLE' });
    server.resume();
    await Promise.all([one.ready(), other.ready()]);
    await until(() => knows(other, 'meanwhile'));
  });

  it('refills a server that came back empty, and accepts no revoked token again', { timeout: 30_000 }, async () => {
    const [one, other] = await two();
    await one.revokeId('of one', { expiresAt: LATER() });
    await other.revokeId('of other', { expiresAt: LATER() });
    await until(() => knows(one, 'of other') && knows(other, 'of one'));
    await server.kill();
    await Promise.all([once(one, 'outOfStep'), once(other, 'outOfStep')]);
    await assert.rejects(one.revokeId('while down', { expiresAt: LATER() }));
    await server.start();
    await Promise.all([one.ready(), other.ready()]);
    const ids = ['of one', 'of other', 'while down'];
    await until(() => ids.every((jti) => knows(one, jti) && knows(other, jti)));
    const newcomer = await process_();
    await newcomer.ready();
    assert.deepEqual(
      ids.filter((jti) => !knows(newcomer, jti)),
      [],
    );
  });

  it('is not ready in a new process while a server that came back is refilled', {
    timeout: 30_000,
  }, async () => {
    const [one] = await two();
    await one.revokeId('old', { expiresAt: LATER() });
    await server.kill();
    await server.start();
    // It may well be the first to find the server.
    const newcomer = await process_();
    await newcomer.ready();
    assert.equal(newcomer.isRevoked({ jti: 'old' }), true);
  });

  it('catches up with 10,000 revocations', { timeout: 60_000 }, async () => {
    const one = await process_('closed', PATIENT);
    await one.ready();
    const ids = Array.from({ length: 10_000 }, (_, i) => `id ${i}`);
    const sent = ids.map((jti) => one.revokeId(jti, { expiresAt: LATER() }).catch(() => {}));
    await Promise.all(sent);
    const late = await process_('closed', PATIENT);
    await late.ready();
    await until(() => late.size === 10_000, 20_000);
    assert.deepEqual(
      ids.filter((jti) => !late.isRevoked({ jti })),
      [],
    );
    await server.kill();
    await server.start();
    const fresh = await process_('closed', PATIENT);
    await fresh.ready();
    await until(() => fresh.size === 10_000, 20_000);
    assert.deepEqual(
      ids.filter((jti) => !fresh.isRevoked({ jti })),
      [],
    );
  });

  it('removes expired entries from the server', { timeout: 20_000 }, async () => {
    const one = await process_();
    await one.ready();
    const past = Math.floor(Date.now() / 1000) - 300;
    await one.revokeId('short', { expiresAt: past + 1 });
    await one.revokeId('long', { expiresAt: LATER() });
    const count = async () => (await server.ask('ZCARD portcullis:{revocations:default}:log')).trim();
    await until(async () => (await count()) === ':1');
    assert.match(await server.ask('HLEN portcullis:{revocations:default}:terms'), /^:1/);
  });

  it('ignores foreign messages and damaged rows', { timeout: 20_000 }, async () => {
    const [one, other] = await two();
    const channel = 'portcullis:revocations:default:news';
    for (const message of ['garbage', '-1', '1e9', '999999999999', '"{}"', 'x'.repeat(5_000), '"\\x00\\xff"']) {
      await server.ask(`PUBLISH ${channel} ${message}`);
    }
    const digest = 'A'.repeat(22);
    const rows = [
      ['junk', '1 4294967295'],
      [`${digest}=`, '1 4294967295'],
      [`${digest.slice(1)}B`, 'no term'],
      [`${digest.slice(1)}C`, '1 4294967296'],
      [`${digest.slice(1)}D`, '-1 4294967295'],
      [`${digest.slice(1)}E`, ''],
    ];
    for (const [i, [digest_, term]] of rows.entries()) {
      await server.ask(`ZADD portcullis:{revocations:default}:log ${i + 1} ${digest_}`);
      await server.ask(`HSET portcullis:{revocations:default}:terms ${digest_} "${term}"`);
    }
    await server.ask(`HSET portcullis:{revocations:default}:meta seq ${rows.length}`);
    await one.revokeId('true', { expiresAt: LATER() });
    await until(() => knows(other, 'true'));
    assert.deepEqual([one.size, other.size], [1, 1]);
  });

  it('is out of step when the data is damaged', { timeout: 20_000 }, async () => {
    const one = await process_();
    await one.ready();
    await server.ask('HSET portcullis:{revocations:default}:meta seq many');
    const [cause] = await once(one, 'outOfStep');
    assert.match(cause.message, /damaged/);
    assert.throws(() => one.isRevoked({ jti: 'a' }), UNAVAILABLE);
  });

  it('is out of step when the others have more entries than it has room for', { timeout: 20_000 }, async () => {
    const one = await process_();
    await one.ready();
    for (const jti of ['a', 'b', 'c']) await one.revokeId(jti, { expiresAt: LATER() });
    const small = await process_('closed', { maxEntries: 2 });
    const [cause] = await once(small, 'outOfStep');
    assert.equal(cause.code, 'ERR_REVOCATIONS_FULL');
    assert.throws(() => small.isRevoked({ jti: 'z' }), UNAVAILABLE);
  });

  it('does nothing more after close', { timeout: 20_000 }, async () => {
    const [one, other] = await two();
    await one.close();
    await assert.rejects(one.revokeId('late', { expiresAt: LATER() }), UNAVAILABLE);
    assert.throws(() => inner(one).assertInStep(), UNAVAILABLE);
    await other.revokeId('x', { expiresAt: LATER() });
    assert.equal(inner(one).table.isRevoked({ jti: 'x' }), false);
  });

  it('keeps another process in step', { timeout: 20_000 }, async () => {
    const one = await process_();
    await one.ready();
    const child = fork(join(__dirname, '../support/revocations-child.js'), [name, String(server.port)]);
    try {
      assert.deepEqual((await once(child, 'message'))[0], 'ready');
      await one.revokeId('for the child', { expiresAt: LATER() });
      assert.equal((await once(child, 'message'))[0], 'revoked');
      await until(() => one.isRevoked({ sid: 'of the child' }));
    } finally {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  });
}
