'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const majors = require('../support/apps');
const { fakeClock } = require('../support/fake-clock');
const { SECOND, refreshTokensContract } = require('../support/refresh-tokens-contract');
const { refused } = require('../support/refresh-tokens-rig');
const { request } = require('../support/request');
const { createRefreshTokens, errorHandler } = require('../..');

describe('refresh tokens: memory', () => {
  refreshTokensContract(() => ({ options: {} }));

  it('rejects a new family when the store is full, and keeps those of other subjects', async () => {
    const clock = fakeClock();
    const refreshTokens = createRefreshTokens({ clock, maxFamilies: 3, idleSeconds: 60 });
    const tokens = [];
    for (let i = 0; i < 3; i += 1) tokens.push((await refreshTokens.issue({ subject: `${i}` })).token);
    await assert.rejects(refreshTokens.issue({ subject: '3' }), refused('FULL', 503));
    for (const token of tokens) await refreshTokens.rotate(token);
    assert.equal(await refreshTokens.revokeSubject('1'), 1);
    const { token } = await refreshTokens.issue({ subject: '3' });
    await assert.rejects(refreshTokens.issue({ subject: '4' }), refused('FULL', 503));
    await refreshTokens.rotate(token);
  });

  it('makes room when families have expired', async () => {
    const clock = fakeClock();
    const refreshTokens = createRefreshTokens({ clock, maxFamilies: 500, idleSeconds: 60 });
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 500; i += 1) await refreshTokens.issue({ subject: `${i}` });
      await assert.rejects(refreshTokens.issue({ subject: 'ada' }), refused('FULL', 503));
      clock.now += 60 * SECOND;
    }
    await refreshTokens.issue({ subject: 'ada' });
  });

  it('remembers a bounded number of revoked families', async () => {
    const refreshTokens = createRefreshTokens({ maxFamilies: 10 });
    const tokens = [];
    for (let i = 0; i < 15; i += 1) {
      const { token } = await refreshTokens.issue({ subject: 'ada' });
      await refreshTokens.revokeFamily(token);
      tokens.push(token);
    }
    const codes = await Promise.all(tokens.map((token) => refreshTokens.rotate(token).catch(({ code }) => code)));
    assert.equal(codes.filter((code) => code === 'ERR_REFRESH_TOKENS_REVOKED').length, 10);
    assert.equal(codes.filter((code) => code === 'ERR_REFRESH_TOKENS_INVALID').length, 5);
  });

  it('lets everyone log in while one subject issues without end', async () => {
    const refreshTokens = createRefreshTokens({ maxFamilies: 100 });
    for (let i = 0; i < 500; i += 1) await refreshTokens.issue({ subject: 'attacker' });
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    for (let i = 0; i < 500; i += 1) await refreshTokens.issue({ subject: 'attacker' });
    await refreshTokens.rotate(token);
    assert.equal((await refreshTokens.list('attacker')).length, 50);
  });

  it('gives the same subject another digest in each process', async () => {
    const issue = async () => (await createRefreshTokens().issue({ subject: 'ada' })).familyId.slice(0, 16);
    assert.notEqual(await issue(), await issue());
  });
});

for (const [version, express] of majors) {
  describe(`refresh tokens: ${version}`, () => {
    it('responds to every rejected token in the same way', async () => {
      const clock = fakeClock();
      const refreshTokens = createRefreshTokens({ clock, graceSeconds: 0, idleSeconds: 60 });
      const app = express();
      app.post('/refresh', (req, res, next) => {
        refreshTokens.rotate(req.headers['x-token']).then(({ subject }) => res.json({ subject }), next);
      });
      const codes = [];
      app.use(errorHandler({ onError: (error) => codes.push(error.code) }));
      const expired = await refreshTokens.issue({ subject: 'ada' });
      clock.now += 60 * SECOND;
      const [used, revoked, good] = await Promise.all(
        ['a', 'b', 'c'].map((subject) => refreshTokens.issue({ subject })),
      );
      await refreshTokens.rotate(used.token);
      await refreshTokens.revokeFamily(revoked.token);
      const bodies = [];
      for (const token of ['x', expired.token, used.token, revoked.token]) {
        const answer = await request(app, { method: 'POST', path: '/refresh', headers: { 'x-token': token } });
        assert.equal(answer.status, 401);
        bodies.push(answer.text);
      }
      assert.equal(new Set(bodies).size, 1);
      const answer = await request(app, { method: 'POST', path: '/refresh', headers: { 'x-token': good.token } });
      assert.deepEqual(answer.json(), { subject: 'c' });
    });
  });
}
