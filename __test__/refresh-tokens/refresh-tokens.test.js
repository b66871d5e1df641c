'use strict';

const assert = require('node:assert/strict');
const { createHash } = require('node:crypto');
const { after, before, beforeEach, describe, it } = require('node:test');

const fc = require('fast-check');

const majors = require('../support/apps');
const { CLIENTS, describeRedis, privateRedis, until } = require('../support/redis');
const { request } = require('../support/request');
const { createRefreshTokens, errorHandler, PortcullisError, RedisStore } = require('../..');

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
const MAX_SIBLINGS = 8;

/** A clock that stands until it is moved. */
function fakeClock(now = 1_800_000_000_000) {
  const clock = () => clock.now;
  clock.now = now;
  return clock;
}

const refused = (code, status = 401) => ({ name: 'PortcullisError', code: `ERR_REFRESH_TOKENS_${code}`, status });
const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_REDIS_UNAVAILABLE', status: 503 };

const inMemory = () => ({ options: {} });

describe('refresh tokens: options', () => {
  const client = { call() {}, status: 'connecting', duplicate() {}, on() {} };
  const WRONG_OPTIONS = [
    ['a lifetime of 0', { lifetimeSeconds: 0 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /lifetimeSeconds/],
    ['a lifetime of two years', { lifetimeSeconds: 2 * 365 * 86_400 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /34560000/],
    ['a lifetime as text', { lifetimeSeconds: '30d' }, 'ERR_REFRESH_TOKENS_OPTION', /whole number .*not a string$/],
    ['an idle time of NaN', { idleSeconds: NaN }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /idleSeconds/],
    ['a grace window of 61 seconds', { graceSeconds: 61 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /from 0 to 60/],
    ['a negative grace window', { graceSeconds: -1 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /from 0 to 60/],
    ['no room for families', { maxFamilies: 0 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /maxFamilies/],
    ['a megabyte of data', { maxDataBytes: 2 ** 20 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /maxDataBytes/],
    ['a clock that is a number', { clock: 5 }, 'ERR_REFRESH_TOKENS_OPTION', /a function/],
    ['a store that was lost', { store: undefined }, 'ERR_REFRESH_TOKENS_OPTION', /`store` is undefined/],
    ['a client for a store', { store: client }, 'ERR_REFRESH_TOKENS_OPTION', /plain object|a RedisStore/],
    [
      'a store that fails open',
      { store: new RedisStore({ client, onFailure: 'open' }) },
      'ERR_REFRESH_TOKENS_OPTION',
      /closed/,
    ],
    ['a fallback', { store: new RedisStore({ client, onFailure: 'fallback' }) }, 'ERR_REFRESH_TOKENS_OPTION', /closed/],
    [
      'a bound on memory with a store',
      { store: new RedisStore({ client }), maxFamilies: 5 },
      'ERR_REFRESH_TOKENS_OPTION',
      /bounds memory/,
    ],
    [
      'an unknown name',
      { lifetime: 5 },
      'ERR_REFRESH_TOKENS_OPTION',
      /unknown option "lifetime"; did you mean "lifetimeSeconds"/,
    ],
  ];

  for (const [name, options, code, message] of WRONG_OPTIONS) {
    it(`rejects ${name}`, () => assert.throws(() => createRefreshTokens(options), { code, message }));
  }

  it('rejects a clock that answers no number', async () => {
    const refreshTokens = createRefreshTokens({ clock: () => null });
    await assert.rejects(refreshTokens.issue({ subject: 'ada' }), {
      code: 'ERR_REFRESH_TOKENS_OPTION',
      message: /clock/,
    });
  });

  it('takes a store that fails closed', () => {
    createRefreshTokens({ store: new RedisStore({ client, onFailure: 'closed' }) });
  });
});

describe('refresh tokens: memory', () => {
  contract(inMemory);

  it('refuses a family above the bound rather than push out a living one', async () => {
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

  it('makes room where families have expired', async () => {
    const clock = fakeClock();
    const refreshTokens = createRefreshTokens({ clock, maxFamilies: 500, idleSeconds: 60 });
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 500; i += 1) await refreshTokens.issue({ subject: 'ada' });
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
});

describeRedis('refresh tokens: redis', () => {
  for (const { name, connect, close } of CLIENTS) {
    describe(name, () => {
      const server = privateRedis();
      let client;
      let prefixes = 0;
      before(async () => {
        await server.start();
        client = await connect(server.port);
      });
      after(() => close(client));
      const open = () => {
        prefixes += 1;
        return { options: { store: new RedisStore({ client, prefix: `${prefixes}:` }) } };
      };
      contract(open);
      redisOnly({ server, open, command: (...args) => new RedisStore({ client }).command(args) });
    });
  }
});

/** What every store promises. @param {() => { options: object }} open */
function contract(open) {
  let clock;
  let refreshTokens;
  let events;
  const make = (options = {}) => {
    const made = createRefreshTokens({ clock, ...open().options, ...options });
    events = [];
    made.on('reuse', (event) => events.push(event));
    return made;
  };
  beforeEach(() => {
    clock = fakeClock();
    refreshTokens = make();
  });

  it('issues a token of 72 characters and answers what it carries at each rotation', async () => {
    const data = { device: 'é', list: [1, null], ['__proto__']: 1 };
    const issued = await refreshTokens.issue({ subject: 'ada:%é', data });
    assert.match(issued.token, /^[\w-]{72}$/);
    assert.match(issued.familyId, /^[\w-]{22}$/);
    assert.equal(issued.expiresAt.getTime(), clock.now + 7 * DAY);
    let { token } = issued;
    for (let i = 0; i < 5; i += 1) {
      clock.now += DAY;
      const next = await refreshTokens.rotate(token);
      assert.notEqual(next.token, token);
      assert.deepEqual([next.subject, next.familyId], ['ada:%é', issued.familyId]);
      assert.deepEqual(next.data, JSON.parse(JSON.stringify(data)));
      assert.equal(next.expiresAt.getTime(), clock.now + 7 * DAY);
      token = next.token;
    }
    for (const value of [undefined, null, 0, '', false, []]) {
      const one = await refreshTokens.issue({ subject: 'ada', data: value });
      assert.deepEqual((await refreshTokens.rotate(one.token)).data, value);
    }
  });

  const WRONG_ISSUES = [
    ['no argument', undefined, 'ERR_REFRESH_TOKENS_OPTION'],
    ['no subject', {}, 'ERR_REFRESH_TOKENS_OPTION'],
    ['an empty subject', { subject: '' }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['a number for a subject', { subject: 7 }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['half a surrogate pair', { subject: 'a\ud800' }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['a subject that is too long', { subject: 'é'.repeat(513) }, 'ERR_REFRESH_TOKENS_OPTION_RANGE'],
    ['an unknown name', { subject: 'a', sub: 'a' }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['data that JSON leaves out', { subject: 'a', data: () => {} }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['data that JSON cannot write', { subject: 'a', data: 5n }, 'ERR_REFRESH_TOKENS_OPTION'],
    ['too much data', { subject: 'a', data: 'x'.repeat(1_023) }, 'ERR_REFRESH_TOKENS_OPTION_RANGE'],
  ];
  for (const [name, given, code] of WRONG_ISSUES) {
    it(`rejects ${name} at issue`, () => assert.rejects(refreshTokens.issue(given), { code }));
  }

  it('rejects a replaced token after the grace window and revokes the family', async () => {
    const { token, familyId } = await refreshTokens.issue({ subject: 'ada' });
    const other = await refreshTokens.issue({ subject: 'ada' });
    const next = await refreshTokens.rotate(token);
    clock.now += 10 * SECOND;
    await assert.rejects(refreshTokens.rotate(token), refused('REUSED'));
    assert.deepEqual(events, [{ familyId, subject: 'ada' }]);
    await assert.rejects(refreshTokens.rotate(next.token), refused('REVOKED'));
    await assert.rejects(refreshTokens.rotate(token), refused('REVOKED'));
    assert.equal(events.length, 1);
    await refreshTokens.rotate(other.token);
  });

  it('gives successors within the grace window, up to its edge', async () => {
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const first = await refreshTokens.rotate(token);
    clock.now += 10 * SECOND - 1;
    const second = await refreshTokens.rotate(token);
    assert.notEqual(first.token, second.token);
    clock.now += 1;
    await assert.rejects(refreshTokens.rotate(token), refused('REUSED'));
    await assert.rejects(refreshTokens.rotate(second.token), refused('REVOKED'));
  });

  it('has no grace window of 0 seconds', async () => {
    refreshTokens = make({ graceSeconds: 0 });
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    await refreshTokens.rotate(token);
    await assert.rejects(refreshTokens.rotate(token), refused('REUSED'));
  });

  it('lets one generation live: the first sibling that is used replaces the others', async () => {
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const [a, b] = [await refreshTokens.rotate(token), await refreshTokens.rotate(token)];
    await refreshTokens.rotate(a.token);
    clock.now += 9 * SECOND;
    await refreshTokens.rotate(b.token);
    clock.now += SECOND;
    await assert.rejects(refreshTokens.rotate(b.token), refused('REUSED'));
  });

  it('takes a token that was replaced twice for stolen, within the grace window too', async () => {
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const next = await refreshTokens.rotate((await refreshTokens.rotate(token)).token);
    await assert.rejects(refreshTokens.rotate(token), refused('REUSED'));
    await assert.rejects(refreshTokens.rotate(next.token), refused('REVOKED'));
  });

  it('gives 50 concurrent rotations of one token eight successors, and revokes nothing', async () => {
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => refreshTokens.rotate(token)));
    const successors = results.flatMap(({ value }) => (value ? [value.token] : []));
    assert.equal(new Set(successors).size, MAX_SIBLINGS);
    for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
      assert.deepEqual({ name: reason.name, code: reason.code, status: reason.status }, refused('REUSED'));
    }
    assert.deepEqual(events, []);
    for (const successor of successors) await refreshTokens.rotate(successor);
  });

  it('gives 50 concurrent rotations one successor where there is no grace window', async () => {
    refreshTokens = make({ graceSeconds: 0 });
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => refreshTokens.rotate(token)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(results.filter(({ reason }) => reason?.code === 'ERR_REFRESH_TOKENS_REUSED').length, 1);
    assert.equal(results.filter(({ reason }) => reason?.code === 'ERR_REFRESH_TOKENS_REVOKED').length, 48);
    assert.equal(events.length, 1);
  });

  for (const [name, order] of [
    ['the thief uses it first', ['thief', 'victim']],
    ['the victim uses it first', ['victim', 'thief']],
  ]) {
    it(`ends both sides of a theft when ${name}, however often the first has rotated since`, async () => {
      for (const rotations of [1, 2, 300]) {
        const { token } = await refreshTokens.issue({ subject: 'ada' });
        const held = { thief: token, victim: token };
        const [first, second] = order;
        for (let i = 0; i < rotations; i += 1) {
          held[first] = (await refreshTokens.rotate(held[first])).token;
          clock.now += 60 * SECOND;
        }
        await assert.rejects(refreshTokens.rotate(held[second]), refused('REUSED'));
        await assert.rejects(refreshTokens.rotate(held[first]), refused('REVOKED'));
      }
      assert.equal(events.length, 3);
    });
  }

  it('ends both sides of a theft within the grace window at the use after next', async () => {
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    const [thief, victim] = [await refreshTokens.rotate(token), await refreshTokens.rotate(token)];
    clock.now += 60 * SECOND;
    const next = await refreshTokens.rotate(thief.token);
    clock.now += 60 * SECOND;
    await assert.rejects(refreshTokens.rotate(victim.token), refused('REUSED'));
    await assert.rejects(refreshTokens.rotate(next.token), refused('REVOKED'));
  });

  it('rejects a token that was not used for the idle time, from its very millisecond', async () => {
    refreshTokens = make({ idleSeconds: 60 });
    const [a, b] = [await refreshTokens.issue({ subject: 'a' }), await refreshTokens.issue({ subject: 'b' })];
    clock.now += 60 * SECOND - 1;
    const next = await refreshTokens.rotate(a.token);
    clock.now += 1;
    await assert.rejects(refreshTokens.rotate(b.token), refused('EXPIRED'));
    clock.now += 60 * SECOND - 2;
    await refreshTokens.rotate(next.token);
  });

  it('ends a family at its lifetime, however it was used', async () => {
    refreshTokens = make({ idleSeconds: 60, lifetimeSeconds: 100 });
    const start = clock.now;
    let { token } = await refreshTokens.issue({ subject: 'ada' });
    for (const seconds of [50, 99]) {
      clock.now = start + seconds * SECOND;
      const next = await refreshTokens.rotate(token);
      assert.equal(next.expiresAt.getTime(), start + 100 * SECOND);
      token = next.token;
    }
    clock.now = start + 100 * SECOND;
    await assert.rejects(refreshTokens.rotate(token), refused('EXPIRED'));
    assert.deepEqual(events, []);
  });

  it('neither locks out nor lets in when the clock is stepped back', async () => {
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    clock.now -= 60 * SECOND;
    const next = await refreshTokens.rotate(token);
    clock.now -= 10 * SECOND - 1;
    await refreshTokens.rotate(token);
    clock.now -= 1;
    await assert.rejects(refreshTokens.rotate(token), refused('REUSED'));
    await assert.rejects(refreshTokens.rotate(next.token), refused('REVOKED'));
  });

  it('rejects what is no token, whatever its type', async () => {
    const { token, familyId } = await refreshTokens.issue({ subject: 'ada' });
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
    const lookalikes = ['A'.repeat(72), `${token.slice(0, 71)}/`, token.repeat(200_000)];
    for (const one of [...others, ...texts, ...lookalikes]) {
      await assert.rejects(refreshTokens.rotate(one), refused('INVALID'));
    }
    await refreshTokens.rotate(token);
  });

  it('rejects every changed token, and revokes no family by it', async () => {
    const [mine, yours] = [await refreshTokens.issue({ subject: 'a' }), await refreshTokens.issue({ subject: 'b' })];
    const old = mine.token;
    let { token } = await refreshTokens.rotate(old);
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', '=', '.', ' ', '\0', 'é'];
    const change = fc.record({ at: fc.nat(71), to: fc.constantFrom(...alphabet) });
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(fc.boolean(), changes, async (isOld, list) => {
      const original = isOld ? old : token;
      const characters = [...original];
      for (const { at, to } of list) characters[at] = to;
      const changed = characters.join('');
      if (changed !== original) await assert.rejects(refreshTokens.rotate(changed), refused('INVALID'));
    });
    await fc.assert(property, { numRuns: 300 });
    // The parts of two good tokens do not make a third.
    for (const cut of [20, 21, 22, 32, 43, 64]) {
      await assert.rejects(refreshTokens.rotate(token.slice(0, cut) + yours.token.slice(cut)), refused('INVALID'));
    }
    assert.deepEqual(events, []);
    token = (await refreshTokens.rotate(token)).token;
    await refreshTokens.rotate(yours.token);
  });

  it('revokes a family by its id or by any of its tokens, and no other', async () => {
    const families = [];
    for (let i = 0; i < 4; i += 1) families.push(await refreshTokens.issue({ subject: 'ada' }));
    const [byId, byToken, byOldToken, other] = families;
    const next = await refreshTokens.rotate(byOldToken.token);
    for (const target of [byId.familyId, byToken.token, byOldToken.token]) {
      assert.equal(await refreshTokens.revokeFamily(target), true);
      assert.equal(await refreshTokens.revokeFamily(target), false);
    }
    for (const token of [byId.token, byToken.token, byOldToken.token, next.token]) {
      await assert.rejects(refreshTokens.rotate(token), refused('REVOKED'));
    }
    await refreshTokens.rotate(other.token);
    for (const nothing of [undefined, '', 'A', 'A'.repeat(72), 'A'.repeat(22), `${other.familyId}:`]) {
      assert.equal(await refreshTokens.revokeFamily(nothing), false);
    }
    for (const wrong of [null, 7, {}, [other.token]]) {
      await assert.rejects(refreshTokens.revokeFamily(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
    assert.deepEqual(events, []);
  });

  it('revokes all families of a subject, and nobody else', async () => {
    const subjects = ['ada', 'ad', 'ada:', 'ada%003a', 'Ada'];
    const tokens = new Map();
    for (const subject of [...subjects, 'ada', 'ada']) {
      const { token } = await refreshTokens.issue({ subject });
      tokens.set(subject, [...(tokens.get(subject) ?? []), token]);
    }
    assert.equal(await refreshTokens.revokeSubject('ada'), 3);
    assert.equal(await refreshTokens.revokeSubject('ada'), 0);
    assert.equal(await refreshTokens.revokeSubject('nobody'), 0);
    for (const token of tokens.get('ada')) await assert.rejects(refreshTokens.rotate(token), refused('REVOKED'));
    for (const subject of subjects.slice(1)) await refreshTokens.rotate(tokens.get(subject)[0]);
    for (const wrong of [undefined, '', 7, 'a\ud800']) {
      await assert.rejects(refreshTokens.revokeSubject(wrong), { code: 'ERR_REFRESH_TOKENS_OPTION' });
    }
    await refreshTokens.rotate((await refreshTokens.issue({ subject: 'ada' })).token);
  });

  it('never tells a token in an error or an event', async () => {
    const { inspect } = require('node:util');
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    await refreshTokens.rotate(token);
    clock.now += DAY;
    const error = await refreshTokens.rotate(token).catch((reason) => reason);
    assert.ok(error instanceof PortcullisError);
    assert.ok(!inspect([error, events], { depth: 9 }).includes(token));
  });
}

/** What Redis adds. @param {{ server: any, open: () => { options: any }, command: (...args: string[]) => Promise<any> }} given */
function redisOnly({ server, open, command }) {
  it('shares families between processes', async () => {
    const { options } = open();
    const [here, there] = [createRefreshTokens(options), createRefreshTokens(options)];
    const { token } = await here.issue({ subject: 'ada', data: 1 });
    const next = await there.rotate(token);
    assert.equal((await here.rotate(next.token)).data, 1);
    await there.revokeSubject('ada');
    await assert.rejects(here.rotate(next.token), refused('REVOKED'));
  });

  it('stores the hash of a secret alone, and gives every key a lifetime', async () => {
    const { options } = open();
    const refreshTokens = createRefreshTokens({ ...options, idleSeconds: 600 });
    const prefix = options.store.key('x').slice(0, -1);
    const { token, familyId } = await refreshTokens.issue({ subject: 'ada', data: 'd' });
    const next = await refreshTokens.rotate(token);
    const revoked = await refreshTokens.issue({ subject: 'bea' });
    await refreshTokens.revokeFamily(revoked.token);
    const keys = await command('KEYS', `${prefix}*`);
    assert.deepEqual(
      keys.map((key) => key.slice(prefix.length)).sort(),
      [`refresh:family:${familyId}`, `refresh:family:${revoked.familyId}`, 'refresh:subject:ada'].sort(),
    );
    for (const key of keys) {
      const ttl = await command('PTTL', key);
      assert.ok(ttl > 600 * SECOND && ttl <= (600 + 3600) * SECOND, `${key}: ${ttl}`);
    }
    const stored = await command(
      'EVAL',
      "return redis.call('HGETALL', KEYS[1])",
      '1',
      keys.find((key) => key.endsWith(familyId)),
    );
    const secret = Buffer.from(next.token, 'base64url').subarray(16, 48);
    assert.ok(stored.includes(createHash('sha256').update(secret).digest('hex')));
    for (const text of [secret.toString('hex'), secret.toString('base64url'), next.token, token.slice(0, 21)]) {
      assert.ok(!stored.join('\n').includes(text));
    }
    const marks = await command(
      'EVAL',
      "return redis.call('HGETALL', KEYS[1])",
      '1',
      keys.find((key) => key.endsWith(revoked.familyId)),
    );
    assert.deepEqual(marks, ['v', '1']);
  });

  it('fails closed while the server is gone, and forgets with it', async () => {
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
    // What is no token is known without the server.
    await assert.rejects(refreshTokens.rotate('A'.repeat(72)), refused('INVALID'));
    await server.start();
    await until(() =>
      command('PING').then(
        () => true,
        () => false,
      ),
    );
    await assert.rejects(refreshTokens.rotate(token), refused('INVALID'));
    const again = await refreshTokens.issue({ subject: 'ada' });
    await refreshTokens.rotate(again.token);
  });

  it('gives a token whose rotation was cut off by a hang another successor', async () => {
    const { options } = open();
    const refreshTokens = createRefreshTokens(options);
    const { token } = await refreshTokens.issue({ subject: 'ada' });
    server.pause();
    try {
      await assert.rejects(refreshTokens.rotate(token), UNAVAILABLE);
    } finally {
      server.resume();
    }
    await until(() =>
      command('PING').then(
        () => true,
        () => false,
      ),
    );
    const next = await refreshTokens.rotate(token);
    await refreshTokens.rotate(next.token);
  });
}

for (const [version, express] of majors) {
  describe(`refresh tokens: ${version}`, () => {
    it('answers every refused token alike', async () => {
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
