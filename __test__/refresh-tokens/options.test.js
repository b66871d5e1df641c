'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createRefreshTokens, RedisStore } = require('../..');

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
    ['no families per subject', { maxFamiliesPerSubject: 0 }, 'ERR_REFRESH_TOKENS_OPTION_RANGE', /1 to 1000/],
    ['a key for subjects in memory', { subjectKey: 'k'.repeat(32) }, 'ERR_REFRESH_TOKENS_OPTION', /needs a `store`/],
    [
      'a short key for subjects',
      { store: new RedisStore({ client }), subjectKey: 'secret' },
      'ERR_REFRESH_TOKENS_OPTION_RANGE',
      /option "subjectKey" must have at least 16 bytes$/,
    ],
    [
      'a key for subjects that is undefined',
      { store: new RedisStore({ client }), subjectKey: undefined },
      'ERR_REFRESH_TOKENS_OPTION',
      /`subjectKey` is undefined/,
    ],
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

  for (const time of [null, [], '0', true, NaN, Infinity, 0, -1]) {
    it(`rejects a clock that returns ${JSON.stringify(time)}`, async () => {
      const refreshTokens = createRefreshTokens({ clock: () => time });
      const expected = { code: 'ERR_REFRESH_TOKENS_OPTION', message: /clock.*above 0/ };
      await assert.rejects(refreshTokens.issue({ subject: 'ada' }), expected);
      await assert.rejects(refreshTokens.list('ada'), expected);
    });
  }

  it('accepts a store that fails closed', () => {
    createRefreshTokens({ store: new RedisStore({ client, onFailure: 'closed' }) });
  });
});
