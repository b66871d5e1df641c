'use strict';

// What a killed primary costs. Redis replicates after it has replied: what a primary confirmed last may be lost with it.
// The counts are printed, because they say more than that they are small.

const assert = require('node:assert/strict');
const { it } = require('node:test');
const { setTimeout: sleep } = require('node:timers/promises');

const { until } = require('./until');
const { anotherProcess, knows, later } = require('./revocations');
const { createRefreshTokens, RedisStore } = require('../..');

const SESSIONS = 20;
const SETTLE_MS = 20_000;

/**
 * One failover, with all the clients at once.
 * @param {{ clients: import('./redis-clients').Kind[], ports: () => number[], killPrimaryOf: (key: string) => Promise<unknown> }} given
 */
function failoverContract({ clients, ports, killPrimaryOf }) {
  it('loses no revocation and accepts no replaced token after a primary was killed', { timeout: 90_000 }, async (t) => {
    const apps = await Promise.all(clients.map((kind, i) => startApp(t, kind, ports(), `failover-${i}:`)));
    await sleep(300);
    await killPrimaryOf(apps[0].revocationsKey);
    const counts = [];
    for (const app of apps) counts.push(await app.finish());
    for (const count of counts) t.diagnostic(JSON.stringify(count));
    for (const { lostRevocations, replayed, rotations, revocations } of counts) {
      assert.deepEqual({ lostRevocations, replayed }, { lostRevocations: 0, replayed: 0 });
      assert.ok(rotations > 0 && revocations > 0);
    }
  });
}

/** Users that refresh their tokens and are logged out, all the time. @param {import('node:test').TestContext} t */
async function startApp(t, { name, connect, close }, ports, prefix) {
  const client = await connect(ports);
  t.after(() => close(client));
  const store = new RedisStore({ client, prefix, onFailure: 'closed' });
  const revocations = anotherProcess({ store, pollMs: 200, maxStaleMs: 5_000 });
  const refreshTokens = createRefreshTokens({ store, graceSeconds: 60 });
  const state = { isOver: false };
  t.after(() => {
    state.isOver = true;
    return revocations.close();
  });
  await revocations.ready();
  const sessions = [];
  for (let i = 0; i < SESSIONS; i += 1) sessions.push(await refreshTokens.issue({ subject: `user ${i}` }));
  const count = {
    client: name,
    rotations: 0,
    revocations: 0,
    failedCalls: 0,
    falseReuse: 0,
    replayed: 0,
    lostRevocations: 0,
  };
  const work = sessions.map((session) => refreshing(refreshTokens, session, count, state));
  const revoked = [];
  work.push(revoking(revocations, revoked, count, state));

  async function finish() {
    const isUp = () =>
      revocations.revokeId('probe', { expiresAt: later() }).then(
        () => true,
        () => false,
      );
    await until(isUp, SETTLE_MS);
    await sleep(500);
    state.isOver = true;
    const held = await Promise.all(work.slice(0, SESSIONS));
    await work.at(-1);
    // The oldest token of each session was replaced long ago, whatever the last rotations were.
    for (const session of sessions) {
      await refreshTokens.rotate(session.token).then(
        () => (count.replayed += 1),
        () => {},
      );
    }
    assert.equal(held.length, SESSIONS);
    const newcomer = anotherProcess({ store, pollMs: 100, maxStaleMs: 5_000 });
    t.after(() => newcomer.close());
    await newcomer.ready();
    await until(() => revoked.every((jti) => knows(newcomer, jti)), 3_000).catch(() => {});
    count.lostRevocations = revoked.filter((jti) => !knows(newcomer, jti)).length;
    return count;
  }
  return { finish, revocationsKey: store.taggedKey(['revocations', 'default'], 'meta') };
}

/** A client that keeps its newest token, and tries it again where there was no answer. */
async function refreshing(refreshTokens, session, count, state) {
  let { token } = session;
  let rotated = 0;
  while (!state.isOver || rotated < 2) {
    try {
      token = (await refreshTokens.rotate(token)).token;
      count.rotations += 1;
      rotated += 1;
    } catch (error) {
      count.failedCalls += 1;
      if (error.code !== 'ERR_REDIS_UNAVAILABLE') {
        // The replica did not have the rotation that this token came from.
        count.falseReuse += 1;
        return token;
      }
    }
    await sleep(5);
  }
  return token;
}

/** Logs out one token after another; each of them counts as soon as the call was made. */
async function revoking(revocations, revoked, count, state) {
  for (let i = 0; !state.isOver; i += 1) {
    revoked.push(`jti ${i}`);
    await revocations.revokeId(`jti ${i}`, { expiresAt: later() }).then(
      () => (count.revocations += 1),
      () => (count.failedCalls += 1),
    );
    await sleep(2);
  }
}

module.exports = { failoverContract };
