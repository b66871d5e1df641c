'use strict';

// Thousands of mutated tokens, judged here and by three other packages. A token that only this one accepts is a fault; what
// only this one refuses is counted by its reason. The seed is printed: PORTCULLIS_FUZZ_SEED repeats a run, and
// PORTCULLIS_FUZZ_ROUNDS makes it longer.

const assert = require('node:assert');
const { createSecretKey } = require('node:crypto');
const { before, describe, it } = require('node:test');

const fastJwt = require('fast-jwt');
const jsonwebtoken = require('jsonwebtoken');
const { createVerifier } = require('portcullis');

const { PAIRS, encode, pairOf, signature } = require('../support/forge');
const { random } = require('../support/random');

const ROUNDS = Number(process.env.PORTCULLIS_FUZZ_ROUNDS ?? 5_500);
const SEED = Number(process.env.PORTCULLIS_FUZZ_SEED ?? Date.now() % 2 ** 32);
const FAMILIES = ['HS256', 'RS256', 'ES256', 'EdDSA'];
const NOW = 1_700_000_000;
const ASKED = { issuer: 'https://issuer.example', audience: 'api' };

// Four packages throw for nearly every token, and nobody reads where.
Error.stackTraceLimit = 0;

let jose;
before(async () => {
  jose = await import('jose');
});

/** What each package says of a token: its claims, or why not. */
function judgesOf(algorithm, asked) {
  const { publicKey } = pairOf(algorithm);
  const text = typeof publicKey === 'string' ? publicKey : publicKey.export({ type: 'spki', format: 'pem' });
  const ours = createVerifier({ key: publicKey, algorithms: [algorithm], ...asked, clock: () => NOW * 1000 });
  const fast = fastJwt.createVerifier({
    key: text,
    algorithms: [algorithm],
    clockTimestamp: NOW * 1000,
    ...(asked && { allowedIss: asked.issuer, allowedAud: asked.audience }),
  });
  const key = typeof publicKey === 'string' ? createSecretKey(Buffer.from(publicKey)) : publicKey;
  const options = { algorithms: [algorithm], ...asked };
  return {
    ours: ours.verify,
    peers: {
      jsonwebtoken: (token) => jsonwebtoken.verify(token, key, { ...options, clockTimestamp: NOW }),
      'fast-jwt': fast,
      jose: async (token) =>
        (await jose.jwtVerify(token, key, { ...options, currentDate: new Date(NOW * 1000) })).payload,
    },
  };
}

/** A whole token, and the pieces that a mutation may change before it is signed. */
function draft(algorithm, next) {
  const claims = { iss: ASKED.issuer, aud: next.of(['api', ['x', 'api']]), sub: 'user-1', iat: NOW - 60 };
  if (next.chance(0.8)) claims.exp = NOW + next.of([900, 900, 900, 1, 0, -1]);
  if (next.chance(0.3)) claims.nbf = NOW + next.of([-900, 0, 0, 1]);
  if (next.chance(0.3)) claims.text = 'Zo\u00eb \ud83d\ude00';
  const header = { alg: algorithm, ...(next.chance(0.5) && { typ: 'JWT' }), ...(next.chance(0.2) && { kid: 'a' }) };
  return { algorithm, header: JSON.stringify(header), payload: JSON.stringify(claims) };
}

const ODD_VALUES = [
  ...[
    'null',
    'true',
    'false',
    '""',
    '"1"',
    '[]',
    '{}',
    '0',
    '-0',
    '-1',
    '1.5',
    '1e3',
    '1E400',
    '-1e999',
    '9007199254740993',
  ],
  ...[
    '1e308',
    `1${'0'.repeat(320)}`,
    '01',
    '+1',
    '.5',
    '0x10',
    'NaN',
    'Infinity',
    '"\\ud800"',
    '"\\u0000"',
    '[1,[2,[3]]]',
  ],
  ...['"api"', '["api"]', '[["api"]]', '["api",5]', '"https://issuer.example"', '["https://issuer.example"]', `${NOW}`],
  ...[`"${NOW + 900}"`, `[${NOW + 900}]`, `${NOW + 900}.0`, `${NOW * 1000}`],
];
const CLAIM_NAMES = ['exp', 'nbf', 'iat', 'iss', 'aud', 'sub', 'jti', '__proto__', 'constructor', 'x'];
const HEADER_NAMES = ['alg', 'typ', 'kid', 'crit', 'b64', 'zip', 'cty', 'jwk', 'x5c', 'x'];
const ALG_VALUES = [
  'none',
  'None',
  'NONE',
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'PS256',
  'ES256',
  'ES384',
  'ES256K',
  'EdDSA',
];

/** Edits of the JSON of a header or a payload. */
const JSON_EDITS = [
  (json, next, names) => member(json, next.of(names), next.of(ODD_VALUES), next),
  (json, next, names) => member(json, next.of(names), next.of(ODD_VALUES), next),
  (json, next) =>
    json.replace(
      /"(\w)(\w*)":/,
      (_, first, rest) => `"\\u00${first.charCodeAt(0).toString(16)}${rest}":${next.of(['', ' '])}`,
    ),
  (json, next) => json.replace('{', `{${next.of([' ', '\n', '\t', '\u00a0', '"a":1,', '"a":1,"a":2,', ','])}`),
  (json, next) => `${next.of(['\ufeff', ' ', '[', '"', '\0', '/**/'])}${json}`,
  (json, next) => `${json}${next.of([' ', '}', '{}', '\0', 'x', '\n', ','])}`,
  (json, next) => json.slice(0, next.below(json.length)),
  (_json, next) => next.of(['', '[]', 'null', '1', '"x"', '{}', '[{}]', `${'['.repeat(40)}${']'.repeat(40)}`]),
  (json, next) => json.replace(/"[^"]*"/, () => next.of(ODD_VALUES)),
  (json, next) =>
    Buffer.concat([
      Buffer.from(json.slice(0, -2)),
      Buffer.from([next.of([0xff, 0xc0, 0xed, 0x80])]),
      Buffer.from('"}'),
    ]),
];

/** Puts a member first, last, or in the place of one that is there. */
function member(json, name, value, next) {
  const text = `"${name}":${value}`;
  const there = new RegExp(`"${name}":(?:"[^"]*"|\\[[^\\]]*\\]|[^,}]*)`);
  if (there.test(json) && next.chance(0.7)) return json.replace(there, () => text);
  return next.chance(0.5) ? json.replace('{', `{${text},`) : json.replace(/\}$/, `,${text}}`);
}

const PUBLIC_PEM = PAIRS.rsa.publicKey.export({ type: 'spki', format: 'pem' });

/** What stands for the signature of a message. */
const SIGNATURES = [
  (message, { algorithm }) => signature(algorithm, message, pairOf(algorithm).privateKey),
  (message) => signature('HS256', message, PUBLIC_PEM),
  (message) => signature('HS256', message, pairOf('EdDSA').publicKey.export({ type: 'spki', format: 'der' })),
  (message, _draft, next) => {
    const other = next.of(FAMILIES);
    return signature(other, message, pairOf(other).privateKey);
  },
  (_message, _draft, next) => Buffer.alloc(next.of([0, 1, 32, 64, 256]), next.below(256)),
];

function sign(draft, next, mode) {
  const message = `${encode(draft.header)}.${encode(draft.payload)}`;
  return `${message}.${SIGNATURES[mode](message, draft, next).toString('base64url')}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Edits of a token's text. */
const TEXT_EDITS = [
  (token, next) => at(token, next, (char) => String.fromCharCode(char.charCodeAt(0) ^ (1 << next.below(8)))),
  (token, next) => at(token, next, () => ALPHABET[next.below(64)]),
  (token, next) => at(token, next, () => ''),
  (token, next) =>
    at(token, next, (char) => char + next.of(['=', '.', ' ', '\n', '+', '/', '\0', '\u00e9', '\u0141', '\ud800', 'A'])),
  (token, next) => token.slice(0, next.below(token.length)),
  (token, next) => token.slice(next.below(token.length)),
  (token, next) => part(token, next, (text) => `${text}${'='.repeat(1 + next.below(3))}`),
  (token, next) =>
    part(
      token,
      next,
      (text) => text.slice(0, -1) + ALPHABET[(ALPHABET.indexOf(text.at(-1)) + 1 + next.below(16)) & 63],
    ),
  (token, next) => part(token, next, (text) => Buffer.from(text, 'base64url').toString('base64')),
  (token, next) => part(token, next, () => ''),
  (token, next) => part(token, next, (text) => text + text),
  (token, next) => next.shuffled(token.split('.')).join('.'),
  (token, next) =>
    token
      .split('.')
      .slice(0, 1 + next.below(2))
      .join('.'),
  (token, next) => `${token}${next.of(['', '.', ',', ' '])}${token}`,
  (token, next) => `${next.of([' ', '\ufeff', 'Bearer ', '"', '.'])}${token}`,
  (token, next) => `${token}${next.of([' ', '\n', '\0', '.', '=', '..', 'A', 'AAAA'])}`,
];

function at(token, next, change) {
  const place = next.below(token.length);
  return token.slice(0, place) + change(token[place] ?? '') + token.slice(place + 1);
}

function part(token, next, change) {
  const parts = token.split('.');
  const place = next.below(parts.length);
  parts[place] = change(parts[place] || 'A');
  return parts.join('.');
}

/** One mutated token. */
function mutant(algorithm, next) {
  const made = draft(algorithm, next);
  const kind = next.below(10);
  if (kind < 4) made.payload = next.of(JSON_EDITS)(made.payload, next, CLAIM_NAMES);
  if (kind >= 3 && kind < 6) made.header = next.of(JSON_EDITS)(made.header, next, HEADER_NAMES);
  if (kind === 6) made.header = member(made.header, 'alg', JSON.stringify(next.of(ALG_VALUES)), next);
  // Most with the right key, so that what is judged is the edit and not the signature.
  const token = sign(made, next, next.chance(0.8) ? 0 : next.below(SIGNATURES.length));
  if (kind < 7) return token;
  let text = token;
  for (let edits = 1 + next.below(2); edits > 0; edits--) text = next.of(TEXT_EDITS)(text, next);
  return text;
}

const settle = async (judge, token) => {
  try {
    return { claims: await judge(token) };
  } catch (error) {
    return { error };
  }
};

describe('jwt differential', () => {
  for (const algorithm of FAMILIES) {
    it(`accepts of ${ROUNDS} mutants of ${algorithm} none that all others refuse`, { timeout: 60_000 }, async (t) => {
      const seed = (SEED + FAMILIES.indexOf(algorithm)) >>> 0;
      const next = random(seed);
      const judges = [judgesOf(algorithm, undefined), judgesOf(algorithm, ASKED)];
      const counts = { 'accepted here and elsewhere': 0, 'refused everywhere': 0 };
      const count = (name) => (counts[name] = (counts[name] ?? 0) + 1);
      for (let round = 0; round < ROUNDS; round++) {
        const token = mutant(algorithm, next);
        const { ours, peers } = next.of(judges);
        const here = await settle(ours, token);
        const elsewhere = await Promise.all(Object.values(peers).map((peer) => settle(peer, token)));
        const accepting = elsewhere.filter((verdict) => verdict.error === undefined);
        const trace = `seed ${SEED}, round ${round}: ${JSON.stringify(token)}`;
        if (here.error === undefined) {
          assert.ok(accepting.length > 0, `accepted here alone: ${trace}`);
          assert.ok(
            accepting.some(({ claims }) => isSame(claims, here.claims)),
            `read otherwise here: ${trace}`,
          );
          assert.deepStrictEqual(ours(token), here.claims, trace);
          count('accepted here and elsewhere');
          continue;
        }
        assert.match(String(here.error.code), /^ERR_JWT_/, `${here.error} ${trace}`);
        count(accepting.length === 0 ? 'refused everywhere' : `refused here alone, or with others: ${here.error.code}`);
      }
      t.diagnostic(`${algorithm}: seed ${SEED}; ${JSON.stringify(counts)}`);
      assert.ok(counts['accepted here and elsewhere'] > ROUNDS / 20, 'too few were accepted to compare anything');
      assert.ok(counts['refused everywhere'] > ROUNDS / 20, 'too few were refused to compare anything');
    });
  }
});

function isSame(a, b) {
  try {
    assert.deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
