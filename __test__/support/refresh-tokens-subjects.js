'use strict';

// What refresh tokens do with the families of one subject, with every store.

const assert = require('node:assert/strict');
const { it } = require('node:test');

const { refused, useRefreshTokens } = require('./refresh-tokens-rig');

const MINUTE = 60_000;
const DEFAULT_MAX = 50;

/** @param {() => { options: object }} open options with a store that has no families yet */
function subjectContract(open) {
  const rig = useRefreshTokens(open);

  it('pushes out the oldest family of a subject that has 50, and none of another', async () => {
    const other = await rig.refreshTokens.issue({ subject: 'bea' });
    const tokens = [];
    for (let i = 0; i < DEFAULT_MAX + 2; i += 1) tokens.push((await rig.refreshTokens.issue({ subject: 'ada' })).token);
    // Used since, and still the oldest.
    for (const token of tokens.slice(0, 2)) await assert.rejects(rig.refreshTokens.rotate(token), refused('REVOKED'));
    await rig.refreshTokens.rotate(tokens[2]);
    await rig.refreshTokens.rotate(tokens.at(-1));
    await rig.refreshTokens.rotate(other.token);
    assert.equal((await rig.refreshTokens.list('ada')).length, DEFAULT_MAX);
    assert.deepEqual(rig.events, []);
  });

  it('counts only living families against the bound', async () => {
    rig.refreshTokens = rig.make({ maxFamiliesPerSubject: 2, idleSeconds: 60 });
    await rig.refreshTokens.issue({ subject: 'ada' });
    rig.clock.now += MINUTE;
    const [first, second] = [
      await rig.refreshTokens.issue({ subject: 'ada' }),
      await rig.refreshTokens.issue({ subject: 'ada' }),
    ];
    await rig.refreshTokens.revokeFamily(second.token);
    const third = await rig.refreshTokens.issue({ subject: 'ada' });
    const ids = (await rig.refreshTokens.list('ada')).map(({ familyId }) => familyId);
    assert.deepEqual(ids, [first.familyId, third.familyId]);
    await rig.refreshTokens.rotate(first.token);
  });

  it('lists the living families of a subject with their times and data', async () => {
    assert.deepEqual(await rig.refreshTokens.list('ada'), []);
    rig.refreshTokens = rig.make({ idleSeconds: 120 });
    const start = rig.clock.now;
    const phone = await rig.refreshTokens.issue({ subject: 'ada', data: { device: 'phone é' } });
    rig.clock.now += MINUTE;
    const laptop = await rig.refreshTokens.issue({ subject: 'ada' });
    const expiring = await rig.refreshTokens.issue({ subject: 'ada' });
    await rig.refreshTokens.revokeFamily((await rig.refreshTokens.issue({ subject: 'ada' })).token);
    await rig.refreshTokens.issue({ subject: 'bea' });
    rig.clock.now += MINUTE - 1;
    await rig.refreshTokens.rotate(phone.token);
    await rig.refreshTokens.rotate(laptop.token);
    const row = ({ familyId }, issued, used, data) => ({
      familyId,
      issuedAt: new Date(issued),
      lastUsedAt: new Date(used),
      expiresAt: new Date(used + 2 * MINUTE),
      data,
    });
    const rows = [
      row(phone, start, rig.clock.now, { device: 'phone é' }),
      row(laptop, start + MINUTE, rig.clock.now, undefined),
      row(expiring, start + MINUTE, start + MINUTE, undefined),
    ];
    assert.deepEqual(await rig.refreshTokens.list('ada'), rows);
    rig.clock.now += MINUTE + 1;
    assert.deepEqual(await rig.refreshTokens.list('ada'), rows.slice(0, 2));
    for (const wrong of [undefined, '', 7, 'a\ud800']) {
      await assert.rejects(rig.refreshTokens.list(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
  });

  it('revokes all families of a subject but the one of the given token', async () => {
    const issue = (subject = 'ada') => rig.refreshTokens.issue({ subject });
    const [mine, second, third, other] = [await issue(), await issue(), await issue(), await issue('bea')];
    assert.equal(await rig.refreshTokens.revokeOthers(mine.token), 2);
    assert.equal(await rig.refreshTokens.revokeOthers(mine.familyId), 0);
    for (const { token } of [second, third]) await assert.rejects(rig.refreshTokens.rotate(token), refused('REVOKED'));
    const next = await rig.refreshTokens.rotate(mine.token);
    await issue();
    assert.equal(await rig.refreshTokens.revokeOthers(next.familyId), 1);
    await rig.refreshTokens.rotate(next.token);
    await rig.refreshTokens.rotate(other.token);
    assert.deepEqual(rig.events, []);
  });

  it('revokes no others for a token that is not valid', async () => {
    const [mine, other] = [
      await rig.refreshTokens.issue({ subject: 'ada' }),
      await rig.refreshTokens.issue({ subject: 'ada' }),
    ];
    for (const wrong of ['', 'x', 'A'.repeat(88), 'A'.repeat(32)]) {
      await assert.rejects(rig.refreshTokens.revokeOthers(wrong), refused('INVALID'));
    }
    for (const wrong of [undefined, null, 7]) {
      await assert.rejects(rig.refreshTokens.revokeOthers(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
    await rig.refreshTokens.rotate(mine.token);
    rig.clock.now += MINUTE;
    await assert.rejects(rig.refreshTokens.revokeOthers(mine.token), refused('REUSED'));
    assert.deepEqual(rig.events, [{ familyId: mine.familyId, subject: 'ada' }]);
    await assert.rejects(rig.refreshTokens.revokeOthers(mine.familyId), refused('REVOKED'));
    await rig.refreshTokens.rotate(other.token);
    rig.clock.now += 8 * 24 * 60 * MINUTE;
    await assert.rejects(rig.refreshTokens.revokeOthers(other.familyId), refused('EXPIRED'));
  });
}

module.exports = { subjectContract };
