'use strict';

const assert = require('node:assert/strict');
const { createHash, createHmac, randomBytes } = require('node:crypto');
const { after, before, describe, it } = require('node:test');

const { describeRedis, privateRedis } = require('../support/redis');
const { until } = require('../support/until');
const { CLIENTS } = require('../support/redis-clients');
const { SECOND, refreshTokensContract } = require('../support/refresh-tokens-contract');
const { refused } = require('../support/refresh-tokens-rig');
const { createRefreshTokens, RedisStore } = require('../..');

const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_REDIS_UNAVAILABLE', status: 503 };

describeRedis('refresh tokens: redis', () => {
  for (const { name, connect, close } of CLIENTS) {
    describe(name, () => {
      const server = privateRedis();
      let client;
      let prefixes = 0;
      before(async () => {
        await server.start();
        client = await connect([server.port]);
      });
      after(() => close(client));
      const open = () => {
        prefixes += 1;
        return { options: { store: new RedisStore({ client, prefix: `${prefixes}:` }) } };
      };
      refreshTokensContract(open);
      redisOnly({ server, open, command: (...args) => new RedisStore({ client }).command(args) });
    });
  }
});

/** What only Redis does. @param {{ server: any, open: () => { options: any }, command: (...args: string[]) => Promise<any> }} given */
function redisOnly({ server, open, command }) {
  const answers = () => command('PING').then(Boolean, () => false);

  it('shares families between processes', async () => {
    const { options } = open();
    const [here, there] = [createRefreshTokens(options), createRefreshTokens(options)];
    const { token } = await here.issue({ subject: 'ada', data: 1 });
    const next = await there.rotate(token);
    assert.equal((await here.rotate(next.token)).data, 1);
    await there.revokeSubject('ada');
    await assert.rejects(here.rotate(next.token), refused('REVOKED'));
  });

  for (const graceSeconds of [0, 10]) {
    it(`issues and rotates once although the client sends each script again, with ${graceSeconds} seconds of grace`, async () => {
      const { options } = open();
      const script = options.store.script.bind(options.store);
      const store = Object.assign(options.store, {
        script: (...args) => script(...args).then(() => script(...args)),
      });
      const refreshTokens = createRefreshTokens({ store, graceSeconds });
      const reuses = [];
      refreshTokens.on('reuse', (event) => reuses.push(event));
      const issued = await refreshTokens.issue({ subject: 'ada', data: 1 });
      let next = issued;
      // More often than a token has siblings.
      for (let i = 0; i < 10; i += 1) next = await refreshTokens.rotate(next.token);
      assert.deepEqual([next.subject, next.data, next.familyId], ['ada', 1, issued.familyId]);
      const [listed, ...others] = await refreshTokens.list('ada');
      assert.deepEqual([listed.familyId, others, reuses], [issued.familyId, [], []]);
    });
  }

  it('stores only hashes of secrets, in one key of the subject, with a lifetime', async () => {
    const { options } = open();
    const refreshTokens = createRefreshTokens({ ...options, idleSeconds: 600 });
    const prefix = options.store.key('x').slice(0, -1);
    const { token, familyId } = await refreshTokens.issue({ subject: 'ada', data: 'd' });
    const next = await refreshTokens.rotate(token);
    const revoked = await refreshTokens.issue({ subject: 'ada' });
    await refreshTokens.revokeFamily(revoked.token);
    const keys = await command('KEYS', `${prefix}*`);
    assert.deepEqual(keys, [`${prefix}{${familyId.slice(0, 16)}}:refresh`]);
    const ttl = await command('PTTL', keys[0]);
    assert.ok(ttl > 600 * SECOND && ttl <= (600 + 3600) * SECOND, `${ttl}`);
    const cells = await command('EVAL', "return redis.call('HGETALL', KEYS[1])", '1', keys[0]);
    const stored = Object.fromEntries(cells.flatMap((cell, i) => (i % 2 === 0 ? [[cell, cells[i + 1]]] : [])));
    const secret = Buffer.from(next.token, 'base64url').subarray(28, 60);
    assert.ok(stored[familyId].includes(createHash('sha256').update(secret).digest('hex')));
    for (const text of [secret.toString('hex'), secret.toString('base64url'), next.token, token.slice(0, 21)]) {
      assert.ok(!cells.join('\n').includes(text));
    }
    assert.match(stored[revoked.familyId], /^R \d+$/);
  });

  it('keeps a bounded number of families and of marks for each subject', async () => {
    const { options } = open();
    const refreshTokens = createRefreshTokens({ ...options, maxFamiliesPerSubject: 3 });
    for (let i = 0; i < 20; i += 1) {
      const { token } = await refreshTokens.issue({ subject: 'ada' });
      if (i % 2 === 0) await refreshTokens.revokeFamily(token);
    }
    const [key] = await command('KEYS', `${options.store.key('x').slice(0, -1)}*`);
    // The subject, the counter, three families and three marks, and one mark since the last issue.
    assert.ok((await command('HLEN', key)) <= 9);
    assert.equal((await refreshTokens.list('ada')).length, 3);
  });

  it('keys the digest of the subject with subjectKey, which all processes need', async () => {
    const { options } = open();
    const key = randomBytes(32);
    const [here, there] = [key, Buffer.from(key)].map((subjectKey) => createRefreshTokens({ ...options, subjectKey }));
    const { token, familyId } = await here.issue({ subject: 'ada' });
    assert.equal(familyId.slice(0, 16), createHmac('sha256', key).update('ada').digest('base64url').slice(0, 16));
    const other = createRefreshTokens({ ...options, subjectKey: 'another key of enough bytes' });
    assert.deepEqual(await other.list('ada'), []);
    await there.rotate(token);
    assert.equal(await there.revokeSubject('ada'), 1);
  });

  it('does nothing when an issue is carried out a second time', async () => {
    const { options } = open();
    const calls = [];
    const script = options.store.script;
    options.store.script = (...call) => {
      calls.push(call);
      return script.apply(options.store, call);
    };
    const refreshTokens = createRefreshTokens(options);
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const next = await refreshTokens.rotate(token);
    await script.apply(options.store, calls[0]);
    await refreshTokens.rotate(next.token);
  });

  it('fails closed while the server is down, and forgets what the server lost', async () => {
    const { options } = open();
    const refreshTokens = createRefreshTokens(options);
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    await server.kill();
    for (const attempt of [
      refreshTokens.rotate(token),
      refreshTokens.issue({ subject: 'ada' }),
      refreshTokens.revokeFamily(token),
      refreshTokens.revokeSubject('ada'),
    ]) {
      await assert.rejects(attempt, UNAVAILABLE);
    }
    // Malformed tokens are rejected without the server.
    await assert.rejects(refreshTokens.rotate('A'.repeat(88)), refused('INVALID'));
    await server.start();
    await until(answers);
    await assert.rejects(refreshTokens.rotate(token), refused('INVALID'));
    const again = await refreshTokens.issue({ subject: 'ada' });
    await refreshTokens.rotate(again.token);
  });

  it('returns another successor when a hang interrupted the rotation', async () => {
    const { options } = open();
    const refreshTokens = createRefreshTokens(options);
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    server.pause();
    try {
      await assert.rejects(refreshTokens.rotate(token), UNAVAILABLE);
    } finally {
      server.resume();
    }
    await until(answers);
    const next = await refreshTokens.rotate(token);
    await refreshTokens.rotate(next.token);
  });
}
