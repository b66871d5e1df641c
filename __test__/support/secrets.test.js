'use strict';

// A program may pass a secret in the wrong place. No message about an option shows a string that was passed.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { inspect } = require('node:util');

const portcullis = require('portcullis');
const { HINTS } = require('../../lib/support/options/hints');
const { KEY, callOf, optionsOf } = require('./option-calls');

const SECRET = 'pk.SH0WN-nowhere/42+';
const SHAPES = {
  'a string': SECRET,
  'an entry of a list': [SECRET],
  'a later entry of a list': ['https://a.example', SECRET],
  'a member of an object': { value: SECRET },
  bytes: Buffer.from(SECRET),
  'a header': { 'x-key': `${SECRET}\n` },
  'part of a URL': `https://user:${SECRET}@a.example/${SECRET}`,
};
// sign takes claims, not options.
const OWNERS = [...HINTS.keys()].filter((owner) => owner !== 'sign');

/** @param {() => unknown} call @returns {string} all that an error shows, or nothing */
function shown(call) {
  try {
    call();
    return '';
  } catch (error) {
    assert.match(error.code, /^ERR_/);
    return `${error.message}\n${error.stack}\n${inspect(error, { depth: 5 })}`;
  }
}

describe('secrets in the place of options', () => {
  for (const owner of OWNERS) {
    it(`are shown by no message of ${owner}`, () => {
      let refused = 0;
      for (const name of optionsOf(owner)) {
        const own = name.replace(/^\w+\./, '');
        for (const [shape, value] of Object.entries(SHAPES)) {
          const text = shown(() => callOf(owner)({ [own]: value }));
          refused += Number(text !== '');
          assert.ok(!text.includes(SECRET), `${owner} shows ${shape} given as "${name}": ${text.split('\n')[0]}`);
        }
      }
      assert.ok(refused > 0, 'nothing was refused');
    });

    it(`are not shown by ${owner} in place of all options`, () => {
      assert.ok(!shown(() => callOf(owner)(SECRET)).includes(SECRET));
    });
  }

  const NEAR = [
    [
      () => portcullis.createVerifier({ key: KEY, algorithms: ['hs256'] }),
      /"hs256" is not a supported algorithm; use HS256/,
    ],
    [() => portcullis.createVerifier({ key: KEY, algorithms: ['none'] }), /"none" is not a supported algorithm/],
    [
      () => portcullis.createVerifier({ key: KEY, algorithms: [SECRET] }),
      /another string is not a supported algorithm/,
    ],
    [() => portcullis.createSigner({ key: KEY, algorithm: SECRET }), /another string is not a supported algorithm/],
    [() => portcullis.harden({ preset: 'API' }), /one of "api", "web", not "API"$/],
    [() => portcullis.harden({ preset: SECRET }), /one of "api", "web", not another string$/],
    [() => portcullis.createLimiter({ limit: -1, windowMs: 5 }), /from 0 to 16777213, not -1$/],
    [() => portcullis.createLimiter({ limit: '5', windowMs: 5 }), /from 0 to 16777213, not a string$/],
    [() => portcullis.createVerifier({ key: 5 }), /option "key" must be .*, not a number$/],
  ];
  for (const [call, message] of NEAR) {
    it(`shows only what cannot be one: ${message}`, () => assert.throws(call, { message }));
  }
});
