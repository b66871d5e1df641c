'use strict';

// What refresh tokens do with the families of one subject, with every store.

const assert = require('node:assert/strict');
const { beforeEach, it } = require('node:test');

const { createRefreshTokens } = require('../..');

const MINUTE = 60_000;
const DEFAULT_MAX = 50;

const refused = (code) => ({ name: 'PortcullisError', code: `ERR_REFRESH_TOKENS_${code}`, status: 401 });

/** @param {() => { options: object }} open options with a store that has no families yet */
function subjectContract(open) {
  const clock = () => clock.now;
  let refreshTokens;
  let events;
  const make = (options = {}) => {
    const made = createRefreshTokens({ clock, ...open().options, ...options });
    events = [];
    made.on('reuse', (event) => events.push(event));
    return made;
  };
  beforeEach(() => {
    clock.now = 1_800_000_000_000;
    refreshTokens = make();
  });

  it('pushes out the oldest family of a subject that has 50, and none of another', async () => {
    const other = await refreshTokens.issue({ subject: 'bea' });
    const tokens = [];
    for (let i = 0; i < DEFAULT_MAX + 2; i += 1) tokens.push((await refreshTokens.issue({ subject: 'ada' })).token);
    // Used since, and still the oldest.
    for (const token of tokens.slice(0, 2)) await assert.rejects(refreshTokens.rotate(token), refused('REVOKED'));
    await refreshTokens.rotate(tokens[2]);
    await refreshTokens.rotate(tokens.at(-1));
    await refreshTokens.rotate(other.token);
    assert.equal((await refreshTokens.list('ada')).length, DEFAULT_MAX);
    assert.deepEqual(events, []);
  });

  it('counts only living families against the bound', async () => {
    refreshTokens = make({ maxFamiliesPerSubject: 2, idleSeconds: 60 });
    await refreshTokens.issue({ subject: 'ada' });
    clock.now += MINUTE;
    const [first, second] = [
      await refreshTokens.issue({ subject: 'ada' }),
      await refreshTokens.issue({ subject: 'ada' }),
    ];
    await refreshTokens.revokeFamily(second.token);
    const third = await refreshTokens.issue({ subject: 'ada' });
    const ids = (await refreshTokens.list('ada')).map(({ familyId }) => familyId);
    assert.deepEqual(ids, [first.familyId, third.familyId]);
    await refreshTokens.rotate(first.token);
  });

  it('lists the living families of a subject with their times and data', async () => {
    assert.deepEqual(await refreshTokens.list('ada'), []);
    refreshTokens = make({ idleSeconds: 120 });
    const start = clock.now;
    const phone = await refreshTokens.issue({ subject: 'ada', data: { device: 'phone é' } });
    clock.now += MINUTE;
    const laptop = await refreshTokens.issue({ subject: 'ada' });
    const expiring = await refreshTokens.issue({ subject: 'ada' });
    await refreshTokens.revokeFamily((await refreshTokens.issue({ subject: 'ada' })).token);
    await refreshTokens.issue({ subject: 'bea' });
    clock.now += MINUTE - 1;
    await refreshTokens.rotate(phone.token);
    await refreshTokens.rotate(laptop.token);
    const row = ({ familyId }, issued, used, data) => ({
      familyId,
      issuedAt: new Date(issued),
      lastUsedAt: new Date(used),
      expiresAt: new Date(used + 2 * MINUTE),
      data,
    });
    const rows = [
      row(phone, start, clock.now, { device: 'phone é' }),
      row(laptop, start + MINUTE, clock.now, undefined),
      row(expiring, start + MINUTE, start + MINUTE, undefined),
    ];
    assert.deepEqual(await refreshTokens.list('ada'), rows);
    clock.now += MINUTE + 1;
    assert.deepEqual(await refreshTokens.list('ada'), rows.slice(0, 2));
    for (const wrong of [undefined, '', 7, 'a\ud800']) {
      await assert.rejects(refreshTokens.list(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
  });

  it('revokes all families of a subject but the one of the given token', async () => {
    const issue = (subject = 'ada') => refreshTokens.issue({ subject });
    const [mine, second, third, other] = [await issue(), await issue(), await issue(), await issue('bea')];
    assert.equal(await refreshTokens.revokeOthers(mine.token), 2);
    assert.equal(await refreshTokens.revokeOthers(mine.familyId), 0);
    for (const { token } of [second, third]) await assert.rejects(refreshTokens.rotate(token), refused('REVOKED'));
    const next = await refreshTokens.rotate(mine.token);
    await issue();
    assert.equal(await refreshTokens.revokeOthers(next.familyId), 1);
    await refreshTokens.rotate(next.token);
    await refreshTokens.rotate(other.token);
    assert.deepEqual(events, []);
  });

  it('revokes no others for a token that is not valid', async () => {
    const [mine, other] = [
      await refreshTokens.issue({ subject: 'ada' }),
      await refreshTokens.issue({ subject: 'ada' }),
    ];
    for (const wrong of ['', 'x', 'A'.repeat(88), 'A'.repeat(32)]) {
      await assert.rejects(refreshTokens.revokeOthers(wrong), refused('INVALID'));
    }
    for (const wrong of [undefined, null, 7]) {
      await assert.rejects(refreshTokens.revokeOthers(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
    await refreshTokens.rotate(mine.token);
    clock.now += MINUTE;
    await assert.rejects(refreshTokens.revokeOthers(mine.token), refused('REUSED'));
    assert.deepEqual(events, [{ familyId: mine.familyId, subject: 'ada' }]);
    await assert.rejects(refreshTokens.revokeOthers(mine.familyId), refused('REVOKED'));
    await refreshTokens.rotate(other.token);
    clock.now += 8 * 24 * 60 * MINUTE;
    await assert.rejects(refreshTokens.revokeOthers(other.familyId), refused('EXPIRED'));
  });
}

module.exports = { subjectContract };
