'use strict';

// What refresh tokens do with every store: memory, and Redis on one server, behind Sentinel and in a cluster.

const assert = require('node:assert/strict');
const { it } = require('node:test');

const fc = require('fast-check');

const { refused, useRefreshTokens } = require('./refresh-tokens-rig');
const { subjectContract } = require('./refresh-tokens-subjects');
const { PortcullisError } = require('../..');

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
const MAX_SIBLINGS = 8;

/** What every store must do. @param {() => { options: object }} open options with a store that has no families yet */
function refreshTokensContract(open) {
  const rig = useRefreshTokens(open);

  it('issues a token of 88 characters and returns its subject and data at each rotation', async () => {
    const data = { device: 'é', list: [1, null], ['__proto__']: 1 };
    const issued = await rig.refreshTokens.issue({ subject: 'ada:%é', data });
    assert.match(issued.token, /^[\w-]{88}$/);
    assert.match(issued.familyId, /^[\w-]{32}$/);
    assert.equal(issued.issuedAt.getTime(), rig.clock.now);
    assert.equal(issued.expiresAt.getTime(), rig.clock.now + 7 * DAY);
    let { token } = issued;
    for (let i = 0; i < 5; i += 1) {
      rig.clock.now += DAY;
      const next = await rig.refreshTokens.rotate(token);
      assert.notEqual(next.token, token);
      assert.deepEqual([next.subject, next.familyId], ['ada:%é', issued.familyId]);
      assert.deepEqual(next.data, JSON.parse(JSON.stringify(data)));
      assert.equal(next.issuedAt.getTime(), rig.clock.now);
      assert.equal(next.expiresAt.getTime(), rig.clock.now + 7 * DAY);
      token = next.token;
    }
    for (const value of [undefined, null, 0, '', false, []]) {
      const one = await rig.refreshTokens.issue({ subject: 'ada', data: value });
      assert.deepEqual((await rig.refreshTokens.rotate(one.token)).data, value);
    }
  });

  const WRONG_ISSUES = [
    ['no argument', undefined, 'ERR_REFRESH_TOKENS_OPTION'],
    ['no subject', {}, 'ERR_REFRESH_TOKENS_OPTION'],
    ['an empty subject', { subject: '' }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['a number for a subject', { subject: 7 }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['half a surrogate pair', { subject: 'a\ud800' }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['a subject that is too long', { subject: 'é'.repeat(513) }, 'ERR_REFRESH_TOKENS_OPTION_RANGE'],
    ['an unknown option', { subject: 'a', sub: 'a' }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['data that JSON omits', { subject: 'a', data: () => {} }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['data that JSON cannot represent', { subject: 'a', data: 5n }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['too much data', { subject: 'a', data: 'x'.repeat(1_023) }, 'ERR_REFRESH_TOKENS_OPTION_RANGE'],
  ];
  for (const [name, given, code] of WRONG_ISSUES) {
    it(`rejects ${name} at issue`, () => assert.rejects(rig.refreshTokens.issue(given), { code }));
  }

  it('rejects a replaced token after the grace time and revokes the family', async () => {
    const { token, familyId } = await rig.refreshTokens.issue({ subject: 'ada' });
    const other = await rig.refreshTokens.issue({ subject: 'ada' });
    const next = await rig.refreshTokens.rotate(token);
    rig.clock.now += 10 * SECOND;
    await assert.rejects(rig.refreshTokens.rotate(token), refused('REUSED'));
    assert.deepEqual(rig.events, [{ familyId, subject: 'ada' }]);
    await assert.rejects(rig.refreshTokens.rotate(next.token), refused('REVOKED'));
    await assert.rejects(rig.refreshTokens.rotate(token), refused('REVOKED'));
    assert.equal(rig.events.length, 1);
    await rig.refreshTokens.rotate(other.token);
  });

  it('returns successors until the end of the grace time', async () => {
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    const first = await rig.refreshTokens.rotate(token);
    rig.clock.now += 10 * SECOND - 1;
    const second = await rig.refreshTokens.rotate(token);
    assert.notEqual(first.token, second.token);
    rig.clock.now += 1;
    await assert.rejects(rig.refreshTokens.rotate(token), refused('REUSED'));
    await assert.rejects(rig.refreshTokens.rotate(second.token), refused('REVOKED'));
  });

  it('has no grace time when graceSeconds is 0', async () => {
    rig.refreshTokens = rig.make({ graceSeconds: 0 });
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    await rig.refreshTokens.rotate(token);
    await assert.rejects(rig.refreshTokens.rotate(token), refused('REUSED'));
  });

  it('replaces all siblings when the first of them is used', async () => {
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    const [a, b] = [await rig.refreshTokens.rotate(token), await rig.refreshTokens.rotate(token)];
    await rig.refreshTokens.rotate(a.token);
    rig.clock.now += 9 * SECOND;
    await rig.refreshTokens.rotate(b.token);
    rig.clock.now += SECOND;
    await assert.rejects(rig.refreshTokens.rotate(b.token), refused('REUSED'));
  });

  it('treats a token that was replaced twice as stolen, even within the grace time', async () => {
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    const next = await rig.refreshTokens.rotate((await rig.refreshTokens.rotate(token)).token);
    await assert.rejects(rig.refreshTokens.rotate(token), refused('REUSED'));
    await assert.rejects(rig.refreshTokens.rotate(next.token), refused('REVOKED'));
  });

  it('returns eight successors to 50 concurrent rotations of one token, and revokes nothing', async () => {
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => rig.refreshTokens.rotate(token)));
    const successors = results.flatMap(({ value }) => (value ? [value.token] : []));
    assert.equal(new Set(successors).size, MAX_SIBLINGS);
    for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
      assert.deepEqual({ name: reason.name, code: reason.code, status: reason.status }, refused('REUSED'));
    }
    assert.deepEqual(rig.events, []);
    for (const successor of successors) await rig.refreshTokens.rotate(successor);
  });

  it('returns one successor to 50 concurrent rotations without a grace time', async () => {
    rig.refreshTokens = rig.make({ graceSeconds: 0 });
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => rig.refreshTokens.rotate(token)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(results.filter(({ reason }) => reason?.code === 'ERR_REFRESH_TOKENS_REUSED').length, 1);
    assert.equal(results.filter(({ reason }) => reason?.code === 'ERR_REFRESH_TOKENS_REVOKED').length, 48);
    assert.equal(rig.events.length, 1);
  });

  for (const [name, order] of [
    ['the thief uses it first', ['thief', 'victim']],
    ['the victim uses it first', ['victim', 'thief']],
  ]) {
    it(`ends both sides of a theft when ${name}, however often the first has rotated since`, async () => {
      for (const rotations of [1, 2, 300]) {
        const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
        const held = { thief: token, victim: token };
        const [first, second] = order;
        for (let i = 0; i < rotations; i += 1) {
          held[first] = (await rig.refreshTokens.rotate(held[first])).token;
          rig.clock.now += 60 * SECOND;
        }
        await assert.rejects(rig.refreshTokens.rotate(held[second]), refused('REUSED'));
        await assert.rejects(rig.refreshTokens.rotate(held[first]), refused('REVOKED'));
      }
      assert.equal(rig.events.length, 3);
    });
  }

  it('ends both sides of a theft within the grace time at the use after next', async () => {
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    const [thief, victim] = [await rig.refreshTokens.rotate(token), await rig.refreshTokens.rotate(token)];
    rig.clock.now += 60 * SECOND;
    const next = await rig.refreshTokens.rotate(thief.token);
    rig.clock.now += 60 * SECOND;
    await assert.rejects(rig.refreshTokens.rotate(victim.token), refused('REUSED'));
    await assert.rejects(rig.refreshTokens.rotate(next.token), refused('REVOKED'));
  });

  it('rejects a token from the millisecond in which its idle time ends', async () => {
    rig.refreshTokens = rig.make({ idleSeconds: 60 });
    const [a, b] = [await rig.refreshTokens.issue({ subject: 'a' }), await rig.refreshTokens.issue({ subject: 'b' })];
    rig.clock.now += 60 * SECOND - 1;
    const next = await rig.refreshTokens.rotate(a.token);
    rig.clock.now += 1;
    await assert.rejects(rig.refreshTokens.rotate(b.token), refused('EXPIRED'));
    rig.clock.now += 60 * SECOND - 2;
    await rig.refreshTokens.rotate(next.token);
  });

  it('ends a family at the end of its lifetime, however often it was used', async () => {
    rig.refreshTokens = rig.make({ idleSeconds: 60, lifetimeSeconds: 100 });
    const start = rig.clock.now;
    let { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    for (const seconds of [50, 99]) {
      rig.clock.now = start + seconds * SECOND;
      const next = await rig.refreshTokens.rotate(token);
      assert.equal(next.expiresAt.getTime(), start + 100 * SECOND);
      token = next.token;
    }
    rig.clock.now = start + 100 * SECOND;
    await assert.rejects(rig.refreshTokens.rotate(token), refused('EXPIRED'));
    assert.deepEqual(rig.events, []);
  });

  it('works with a clock that is set back', async () => {
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    rig.clock.now -= 60 * SECOND;
    const next = await rig.refreshTokens.rotate(token);
    rig.clock.now -= 10 * SECOND - 1;
    await rig.refreshTokens.rotate(token);
    rig.clock.now -= 1;
    await assert.rejects(rig.refreshTokens.rotate(token), refused('REUSED'));
    await assert.rejects(rig.refreshTokens.rotate(next.token), refused('REVOKED'));
  });

  it('rejects everything that is not a token, whatever its type', async () => {
    const { token, familyId } = await rig.refreshTokens.issue({ subject: 'ada' });
    const others = [undefined, null, 7, {}, [token], Buffer.from(token), Object(token), { toString: () => token }];
    const texts = [
      '',
      token.slice(1),
      token.slice(0, -1),
      `${token}A`,
      `${token}\n`,
      ` ${token}`,
      `${token}=`,
      familyId,
    ];
    const lookalikes = ['A'.repeat(88), `${token.slice(0, 87)}/`, token.repeat(200_000)];
    for (const one of [...others, ...texts, ...lookalikes]) {
      await assert.rejects(rig.refreshTokens.rotate(one), refused('INVALID'));
    }
    await rig.refreshTokens.rotate(token);
  });

  it('rejects every altered token, and revokes no family because of it', async () => {
    const [mine, yours] = [
      await rig.refreshTokens.issue({ subject: 'a' }),
      await rig.refreshTokens.issue({ subject: 'b' }),
    ];
    const old = mine.token;
    let { token } = await rig.refreshTokens.rotate(old);
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', '=', '.', ' ', '\0', 'é'];
    const change = fc.record({ at: fc.nat(87), to: fc.constantFrom(...alphabet) });
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(fc.boolean(), changes, async (isOld, list) => {
      const original = isOld ? old : token;
      const characters = [...original];
      for (const { at, to } of list) characters[at] = to;
      const changed = characters.join('');
      if (changed !== original) await assert.rejects(rig.refreshTokens.rotate(changed), refused('INVALID'));
    });
    await fc.assert(property, { numRuns: 300 });
    // The parts of two good tokens do not make a third.
    for (const cut of [20, 21, 22, 32, 37, 38, 43, 64, 80]) {
      await assert.rejects(rig.refreshTokens.rotate(token.slice(0, cut) + yours.token.slice(cut)), refused('INVALID'));
    }
    assert.deepEqual(rig.events, []);
    token = (await rig.refreshTokens.rotate(token)).token;
    await rig.refreshTokens.rotate(yours.token);
  });

  it('revokes a family by its id or by any of its tokens, and no other', async () => {
    const families = [];
    for (let i = 0; i < 4; i += 1) families.push(await rig.refreshTokens.issue({ subject: 'ada' }));
    const [byId, byToken, byOldToken, other] = families;
    const next = await rig.refreshTokens.rotate(byOldToken.token);
    for (const target of [byId.familyId, byToken.token, byOldToken.token]) {
      assert.equal(await rig.refreshTokens.revokeFamily(target), true);
      assert.equal(await rig.refreshTokens.revokeFamily(target), false);
    }
    for (const token of [byId.token, byToken.token, byOldToken.token, next.token]) {
      await assert.rejects(rig.refreshTokens.rotate(token), refused('REVOKED'));
    }
    await rig.refreshTokens.rotate(other.token);
    for (const nothing of [undefined, '', 'A', 'A'.repeat(88), 'A'.repeat(32), `${other.familyId}:`]) {
      assert.equal(await rig.refreshTokens.revokeFamily(nothing), false);
    }
    for (const wrong of [null, 7, {}, [other.token]]) {
      await assert.rejects(rig.refreshTokens.revokeFamily(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
    assert.deepEqual(rig.events, []);
  });

  it('revokes all families of a subject, and no others', async () => {
    const subjects = ['ada', 'ad', 'ada:', 'ada%003a', 'Ada'];
    const tokens = new Map();
    for (const subject of [...subjects, 'ada', 'ada']) {
      const { token } = await rig.refreshTokens.issue({ subject });
      tokens.set(subject, [...(tokens.get(subject) ?? []), token]);
    }
    assert.equal(await rig.refreshTokens.revokeSubject('ada'), 3);
    assert.equal(await rig.refreshTokens.revokeSubject('ada'), 0);
    assert.equal(await rig.refreshTokens.revokeSubject('nobody'), 0);
    for (const token of tokens.get('ada')) await assert.rejects(rig.refreshTokens.rotate(token), refused('REVOKED'));
    for (const subject of subjects.slice(1)) await rig.refreshTokens.rotate(tokens.get(subject)[0]);
    for (const wrong of [undefined, '', 7, 'a\ud800']) {
      await assert.rejects(rig.refreshTokens.revokeSubject(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
    await rig.refreshTokens.rotate((await rig.refreshTokens.issue({ subject: 'ada' })).token);
  });

  it('never puts a token into an error or an event', async () => {
    const { inspect } = require('node:util');
    const { token } = await rig.refreshTokens.issue({ subject: 'ada' });
    await rig.refreshTokens.rotate(token);
    rig.clock.now += DAY;
    const error = await rig.refreshTokens.rotate(token).catch((reason) => reason);
    assert.ok(error instanceof PortcullisError);
    assert.ok(!inspect([error, rig.events], { depth: 9 }).includes(token));
  });

  subjectContract(open);
}

module.exports = { SECOND, refreshTokensContract };
