'use strict';

// What no table foresees: random calls, spans and mutilated tokens, on both packages. Every run is the same run.

const assert = require('node:assert/strict');
const { createPrivateKey, createPublicKey, createSecretKey } = require('node:crypto');
const { dirname } = require('node:path');
const { describe, it } = require('node:test');

const fc = require('fast-check');
const reference = require('jsonwebtoken');
const ours = require('portcullis/jsonwebtoken');

const { isAudience, prepareAudience } = require('../../../dropins/jsonwebtoken/audience');
const { parseSpan } = require('../../../dropins/jsonwebtoken/timespan');
const { NOW, SECRET, ec256, rsa } = require('./keys');
const { isStricter, mutants } = require('./mutants');
const { outcome } = require('./outcome');

// The one that the reference brings.
const ms = require(require.resolve('ms', { paths: [dirname(require.resolve('jsonwebtoken'))] }));

const SEED = 20_261_122;
const MUTANTS = 10_000;

const keys = [
  ['HS256', createSecretKey(Buffer.from(SECRET)), createSecretKey(Buffer.from(SECRET))],
  ['RS256', createPrivateKey(rsa.privateKey), createPublicKey(rsa.publicKey)],
  ['ES256', createPrivateKey(ec256.privateKey), createPublicKey(ec256.publicKey)],
];

const UNITS = [
  '',
  's',
  'S',
  'ms',
  'sec',
  'secs',
  'Minutes',
  'm',
  'hr',
  'hours',
  'd',
  'DAY',
  'weeks',
  'w',
  'yrs',
  'y',
  'mo',
  'fortnight',
  'x',
  'ſ',
  ' ',
  'ss',
  'msec',
];
const spanText = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', '-', '+', ' ', '--'),
      fc.constantFrom('1', '.5', '1.5', '5.', '007', '1e3', '', '1.2.3', '９', '0', '99999999999'),
      fc.constantFrom('', ' ', '   ', '\t'),
      fc.constantFrom(...UNITS),
      fc.constantFrom('', ' ', '\n'),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'0123456789.- smhdwyMSH') }),
  fc.nat(200).map((length) => '1'.repeat(length)),
);

const time = fc.oneof(
  fc.integer({ min: NOW - 20, max: NOW + 20 }),
  fc.integer({ min: 1, max: 2 ** 31 }),
  fc.double({ min: 1, max: 1e12, noNaN: true }),
);
const odd = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(null, true, 'x', '', [], {}, '5', -1, ['web', 5]) },
  { weight: 8, arbitrary: fc.constant(undefined) },
);
const word = fc.constantFrom('web', 'app', 'me', 'you', 'x', 'a b', 'Ж€');
const words = fc.oneof(word, fc.array(word, { maxLength: 3 }));
const rarely = (arbitrary) => fc.oneof({ weight: 1, arbitrary }, { weight: 7, arbitrary: fc.constant(undefined) });
const custom = fc.dictionary(
  fc.string({ maxLength: 4 }).filter((name) => name !== '__proto__'),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 3 },
);

/** Members that were not drawn are absent, not undefined. */
const sparse = (model) =>
  fc.record(model).map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)));

const payloads = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        custom,
        sparse({
          iat: rarely(time),
          exp: rarely(time),
          nbf: rarely(time),
          aud: rarely(words),
          iss: rarely(word),
          sub: rarely(word),
          jti: rarely(word),
          nonce: rarely(word),
        }),
      )
      .map(([more, claims]) => ({ ...more, ...claims })),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        fc.anything(),
      )
      .filter((value) => typeof value !== 'symbol'),
  },
);
const spans = fc.oneof(
  fc.integer({ min: -20, max: 100 }),
  fc.constantFrom('1h', '10s', '-1m', '2 days', 'soon', ''),
  odd,
);
const signOptions = sparse({
  expiresIn: rarely(spans),
  notBefore: rarely(spans),
  audience: rarely(fc.oneof(words, odd)),
  issuer: rarely(fc.oneof(word, odd)),
  subject: rarely(fc.oneof(word, odd)),
  jwtid: rarely(fc.oneof(word, odd)),
  noTimestamp: rarely(fc.oneof(fc.boolean(), odd)),
  keyid: rarely(fc.oneof(fc.constantFrom('k1', 'k2'), odd)),
  header: rarely(fc.constantFrom({ x: 1 }, { typ: 'at+jwt' }, { typ: undefined }, 5, [])),
  encoding: rarely(fc.constantFrom('utf8', 'latin1', 'base64', 'hex', 'klingon', 5)),
  unknown: rarely(fc.constantFrom(1, undefined, undefined)),
});
const falsy = fc.constantFrom(undefined, null, '', 0, false);
const verifyOptions = sparse({
  algorithms: rarely(fc.oneof(fc.subarray(['HS256', 'HS512', 'RS256', 'ES256', 'PS256', 'none']), falsy)),
  audience: rarely(fc.oneof(words, falsy, fc.constantFrom(/^web$/, /p/, [/^zz/, 'me']))),
  issuer: rarely(fc.oneof(words, falsy)),
  subject: rarely(fc.oneof(word, falsy)),
  jwtid: rarely(fc.oneof(word, falsy)),
  nonce: rarely(fc.oneof(word, fc.constantFrom('', ' ', 5, null))),
  maxAge: rarely(fc.oneof(spans, falsy)),
  clockTolerance: rarely(fc.oneof(fc.integer({ min: -30, max: 30 }), falsy)),
  clockTimestamp: rarely(fc.oneof(time, falsy, fc.constant('x'))),
  complete: rarely(fc.oneof(fc.boolean(), odd)),
  ignoreExpiration: rarely(fc.oneof(fc.boolean(), odd)),
  ignoreNotBefore: rarely(fc.oneof(fc.boolean(), odd)),
});

const PATTERN_PARTS = [
  'a',
  'B',
  'k',
  'S',
  '\\d',
  '\\w',
  '.',
  '^',
  '$',
  '(?:a|B)',
  '(b)',
  '|',
  '[a-c]',
  '[^k]',
  '[A-C1-3]',
  '[^B\\d]',
  '+',
  '*',
  '?',
  '{2}',
  '\\.',
  '-',
  'é',
];
const patterns = fc
  .tuple(
    fc.array(fc.constantFrom(...PATTERN_PARTS), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('', 'i', 'u', 'iu'),
  )
  .map(([parts, flags]) => {
    try {
      return new RegExp(parts.join(''), flags);
    } catch {
      return /a/;
    }
  });
const patternText = fc.string({ unit: fc.constantFrom(...'aAbBcCkKsS123.-é\n\u212aſ\u2028', '😀'), maxLength: 6 });

describe('dropins/jsonwebtoken, properties', () => {
  it('matches patterns of an audience as JavaScript, or refuses them', () => {
    const counts = { matched: 0, refused: 0, other: 0 };
    const property = fc.property(patterns, patternText, (pattern, text) => {
      const expected = pattern.test(text);
      try {
        prepareAudience(pattern);
      } catch {
        counts.refused += 1;
        return;
      }
      const actual = isAudience(pattern, text);
      // Without the flag u, what lies beyond U+FFFF matches nothing.
      if (pattern.unicode || !text.includes('😀')) assert.equal(actual, expected, `${pattern} ${JSON.stringify(text)}`);
      else assert.equal(actual, false);
      counts[actual ? 'matched' : 'other'] += 1;
    });
    fc.assert(property, { seed: SEED, numRuns: 20_000 });
    assert.ok(counts.matched > 2000 && counts.other > 2000 && counts.refused < 10_000, JSON.stringify(counts));
  });

  it('reads spans of time as ms', () => {
    const read = (parse) => (text) => outcome(ours, () => parse(text));
    fc.assert(
      fc.property(spanText, (text) => assert.deepEqual(read(parseSpan)(text), read(ms)(text))),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it('signs and verifies as the reference, whatever the payload and the options', (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
    let accepted = 0;
    const property = fc.property(
      fc.constantFrom(...keys),
      payloads,
      signOptions,
      verifyOptions,
      (pair, payload, signing, verifying) => {
        const [algorithm, privateKey, publicKey] = pair;
        // ECDSA signs with a random number, so that its tokens differ.
        const header = (answer) =>
          answer.value && algorithm === 'ES256' ? { value: answer.value.replace(/[^.]*$/, '') } : answer;
        const [expected, actual] = [reference, ours].map((jwt) =>
          outcome(jwt, () => jwt.sign(payload, privateKey, { algorithm, ...signing })),
        );
        assert.deepEqual(header(actual), header(expected));
        if (expected.value === undefined) return;
        const [read, readHere] = [reference, ours].map((jwt) =>
          outcome(jwt, () => jwt.verify(actual.value, publicKey, verifying)),
        );
        assert.deepEqual(readHere, read);
        accepted += 'value' in read ? 1 : 0;
        const [decoded, decodedHere] = [reference, ours].map((jwt) =>
          outcome(jwt, () => jwt.decode(actual.value, verifying)),
        );
        assert.deepEqual(decodedHere, decoded);
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 4000 });
    assert.ok(accepted > 200, String(accepted));
  });

  it('verifies every token that it signs, whatever its header', () => {
    const member = fc.oneof(
      fc.constantFrom('kid', 'typ', 'crit', 'b64', 'zip', 'jwk', 'cty'),
      fc.string({ maxLength: 4 }),
    );
    const value = fc.oneof(fc.constantFrom(null, undefined, '', 'JWT', '\ud800', 5), fc.jsonValue(), fc.string());
    const headers = fc.dictionary(
      member.filter((name) => name !== '__proto__'),
      value,
      { maxKeys: 3 },
    );
    let verified = 0;
    const property = fc.property(headers, (header) => {
      let token;
      try {
        token = ours.sign({ sub: 'ada' }, SECRET, { header });
      } catch (error) {
        return /^"header/.test(error.message) || /^"algorithm"/.test(error.message);
      }
      verified += 1;
      return ours.verify(token, SECRET, { algorithms: ['HS256', 'HS384', 'HS512'] }).sub === 'ada';
    });
    fc.assert(property, { seed: SEED, numRuns: 4000 });
    assert.ok(verified > 1000, String(verified));
  });

  it('accepts no mutilated token that the reference refuses, and refuses with its words', (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
    const counts = { accepted: 0, refused: 0, stricter: 0 };
    for (const { token, key } of mutants(keys, MUTANTS, SEED)) {
      const [expected, actual] = [reference, ours].map((jwt) => outcome(jwt, () => jwt.verify(token, key)));
      if ('value' in actual) counts.accepted += 1;
      else counts.refused += 1;
      // What we accept, the reference accepts, and reads the same.
      if ('value' in actual || !isStricter(token, expected)) assert.deepEqual(actual, expected, token);
      else counts.stricter += 1;
    }
    assert.equal(counts.accepted + counts.refused, MUTANTS);
    assert.ok(counts.accepted > 200 && counts.refused > 5000 && counts.stricter > 50, JSON.stringify(counts));
  });
});
