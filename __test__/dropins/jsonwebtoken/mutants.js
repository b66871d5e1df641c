'use strict';

// Tokens that were tampered with, and tokens that a signer made badly, from a seed.

const { createHmac, sign } = require('node:crypto');

const { NOW } = require('./keys');
const { random } = require('../../support/random');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STRANGERS = ['=', '.', '+', '/', ' ', '\n', '\0', 'é', 'Ж', '\ud800', '%', '~'];

const HEADERS = [
  (alg) => `{"alg":"${alg}","typ":"JWT"}`,
  (alg) => `{"alg":"${alg}"}`,
  (alg) => `{"typ":"JWT","alg":"${alg}","kid":"k"}`,
  (alg) => `{"alg":"${alg}","crit":["exp"],"exp":1}`,
  (alg) => `{"alg":"${alg}","crit":[]}`,
  (alg) => `{"alg":"none","alg":"${alg}"}`,
  (alg) => `{"alg":"${alg}","typ":"x","typ":"JWT"}`,
  (alg) => `{"alg":"${alg.toLowerCase()}"}`,
  (alg) => `{"alg":"${alg}","kid":5}`,
  (alg) => `{"alg":"${alg}","typ":null}`,
  () => '{"alg":"none"}',
  () => '{"typ":"JWT"}',
  (alg) => `["${alg}"]`,
  (alg) => `{"alg":["${alg}"]}`,
  (alg) => `\ufeff{"alg":"${alg}"}`,
  (alg) => ` {"alg" : "${alg}"} `,
  (alg) => `{"alg":"${alg}","kid":"é"}`,
  (alg) => `{"alg":"${alg}",}`,
  (alg) => `{"alg":"${alg}"}x`,
];

const PAYLOADS = [
  '{"sub":"ada"}',
  `{"sub":"ada","exp":${NOW + 60}}`,
  '{"exp":1}',
  '{"exp":"1"}',
  '{"nbf":99999999999}',
  '{"a":1,"a":2}',
  'text',
  '"text"',
  '[1]',
  '5',
  '{"__proto__":{"exp":1}}',
  '{"exp":1e999}',
  '{',
  '',
];

const encode = (text) => Buffer.from(text).toString('base64url');

function signed(key, header, payload) {
  const input = `${encode(header)}.${encode(payload)}`;
  if (key.type === 'secret') return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** @param {Array<[string, any, any]>} keys @param {number} count @param {number} seed */
function* mutants(keys, count, seed) {
  const { below, chance, of: pick } = random(seed);
  const originals = keys.map(([algorithm, privateKey]) =>
    HEADERS.flatMap((header) => PAYLOADS.map((payload) => signed(privateKey, header(algorithm), payload))),
  );
  const plain = keys.map(([algorithm, privateKey]) =>
    PAYLOADS.slice(0, 2).map((payload) => signed(privateKey, HEADERS[0](algorithm), payload)),
  );
  for (let i = 0; i < count; i++) {
    const number = below(keys.length);
    const token = chance(0.1) ? pick(originals[number]) : mutate(pick(chance(0.7) ? plain[number] : originals[number]));
    yield { token, key: keys[number][2] };
  }

  function mutate(token) {
    const at = below(token.length + 1);
    const replaced = (by, length = 1) => token.slice(0, at) + by + token.slice(at + length);
    const parts = token.split('.');
    switch (below(9)) {
      case 0:
        return replaced(pick(ALPHABET));
      case 1:
        return replaced(pick(ALPHABET), 0);
      case 2:
        return replaced('', 1 + below(4));
      case 3:
        return replaced(pick(STRANGERS), below(2));
      case 4:
        return token.slice(0, at);
      case 5:
        // The last character of a part holds bits that are not used.
        return parts.with(below(3), lastChanged(pick(parts))).join('.');
      case 6: {
        const which = below(3);
        return parts.with(which, lastChanged(parts[which])).join('.');
      }
      case 7:
        return parts.with(below(3), pick(pick(plain.flat()).split('.'))).join('.');
      default:
        return parts.with(2, pick(['', '=', `${parts[2]}=`, parts[2].slice(0, -2), 'AAAA'])).join('.');
    }
  }

  function lastChanged(part) {
    const last = ALPHABET.indexOf(part.at(-1));
    return last < 0 ? part : part.slice(0, -1) + ALPHABET[last ^ (1 + below(3))];
  }
}

/**
 * Whether the README says that a token which the reference took, or refused with other words, is refused here.
 * @param {string} token @param {any} expected what the reference came to
 */
function isStricter(token, expected) {
  const parts = token.split('.');
  if (parts.length !== 3) return false;
  const header = Buffer.from(parts[0], 'base64').toString('latin1');
  const isCanonical = parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
  return (
    !isCanonical ||
    /"crit"|"alg".*"alg"|"typ".*"typ"|"(?:kid|typ)":[^"]|[^\x20-\x7e]/.test(header) ||
    // A failure inside the reference.
    !/^(?:JsonWebTokenError|TokenExpiredError|NotBeforeError|SyntaxError): /.test(
      expected.error ?? 'JsonWebTokenError: ',
    )
  );
}

module.exports = { isStricter, mutants };
