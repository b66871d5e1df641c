// @ts-check
'use strict';

// Processes that keep their revocations in step through a real server. Two names in one process are two tables, as those
// of two processes are.

const assert = require('node:assert/strict');
const { after, afterEach, before, it } = require('node:test');
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const { CLIENTS, describeRedis, privateRedis, until } = require('../support/redis');
const { RedisStore, createRevocations } = require('../..');

const PACE = { pollMs: 100, maxStaleMs: 1_000 };
/** Where nothing should fall out of step, however busy the machine is. */
const PATIENT = { maxStaleMs: 20_000 };
const LATER = () => Math.floor(Date.now() / 1000) + 3600;
const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_REVOCATIONS_UNAVAILABLE', status: 503 };

let tables = 0;

/** @param {import('../..').Revocations} revocations @param {string} jti */
function knows(revocations, jti) {
  try {
    return revocations.isRevoked({ jti });
  } catch {
    return false;
  }
}

/** The part of the surface that only lib uses. @param {any} revocations */
const inner = (revocations) => revocations;

for (const { name, connect, close } of CLIENTS.filter(({ name }) => ['ioredis', 'redis'].includes(name))) {
  describeRedis(`revocations over ${name}`, () => {
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

    /** One process. @param {'open' | 'closed'} onFailure @param {import('../..').RevocationsOptions} [options] */
    async function process_(onFailure = 'closed', options = {}) {
      tables += 1;
      const table = `${name} ${tables}`;
      const client = await connect(server.port);
      clients.push(client);
      const store = new RedisStore({ client, onFailure, deadlineMs: 200 });
      const revocations = createRevocations({ name: table, ...PACE, ...options, store });
      open.push(revocations);
      return revocations;
    }

    /** @param {'open' | 'closed'} [onFailure] */
    async function two(onFailure) {
      const pair = await Promise.all([process_(onFailure), process_(onFailure)]);
      await Promise.all(pair.map((one) => one.ready()));
      return pair;
    }

    it('tells every kind of revocation to the other process', { timeout: 20_000 }, async () => {
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

    it('rings the bell, so that nobody waits for the poll', { timeout: 20_000 }, async () => {
      const pace = { pollMs: 5_000, maxStaleMs: 10_000 };
      const one = await process_('open', pace);
      const other = await process_('open', pace);
      await sleep(300);
      await one.revokeId('quick', { expiresAt: LATER() });
      await until(() => knows(other, 'quick'), 2_000);
    });

    it('refuses all before it first is in step when closed, and goes on when open', { timeout: 20_000 }, async () => {
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

    it('counts a server that hangs as out of step, and comes back', { timeout: 20_000 }, async () => {
      const [one, other] = await two();
      server.pause();
      await once(one, 'outOfStep');
      assert.throws(() => one.isRevoked({ jti: 'a' }), UNAVAILABLE);
      await assert.rejects(one.revokeId('meanwhile', { expiresAt: LATER() }), { code: 'ERR_REDIS_UNAVAILABLE' });
      server.resume();
      await Promise.all([one.ready(), other.ready()]);
      await until(() => knows(other, 'meanwhile'));
    });

    it('fills a server that came back empty, and accepts nothing revoked again', { timeout: 30_000 }, async () => {
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

    it('never calls a new process ready while a server that came back is being filled', {
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

    it('takes expired entries out of the server', { timeout: 20_000 }, async () => {
      const one = await process_();
      await one.ready();
      const past = Math.floor(Date.now() / 1000) - 300;
      await one.revokeId('short', { expiresAt: past + 1 });
      await one.revokeId('long', { expiresAt: LATER() });
      const count = async () => (await server.ask('ZCARD portcullis:revocations:log')).trim();
      await until(async () => (await count()) === ':1');
      assert.match(await server.ask('HLEN portcullis:revocations:terms'), /^:1/);
    });

    it('ignores what others publish, and rows that are no entries', { timeout: 20_000 }, async () => {
      const [one, other] = await two();
      const channel = 'portcullis:revocations:news';
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
      for (const [i, [name, term]] of rows.entries()) {
        await server.ask(`ZADD portcullis:revocations:log ${i + 1} ${name}`);
        await server.ask(`HSET portcullis:revocations:terms ${name} "${term}"`);
      }
      await server.ask(`HSET portcullis:revocations:meta seq ${rows.length}`);
      await one.revokeId('true', { expiresAt: LATER() });
      await until(() => knows(other, 'true'));
      assert.deepEqual([one.size, other.size], [1, 1]);
    });

    it('counts damaged data as out of step', { timeout: 20_000 }, async () => {
      const one = await process_();
      await one.ready();
      await server.ask('HSET portcullis:revocations:meta seq many');
      const [cause] = await once(one, 'outOfStep');
      assert.match(cause.message, /damaged/);
      assert.throws(() => one.isRevoked({ jti: 'a' }), UNAVAILABLE);
    });

    it('is out of step where the others hold more than it has room for', { timeout: 20_000 }, async () => {
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
  });
}
