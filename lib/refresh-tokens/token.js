// @ts-check
'use strict';

// A refresh token is 66 bytes in base64url, without meaning to its holder:
//
//   16  the family's secret, the same in all tokens of a family. Its hash is in the family's id, so an id in a log does
//       not help to make a token, and whoever presents the secret has held a token of this family
//   12  the tag of the subject (see subject.js), which finds the subject's families in the store
//   32  the token's own secret; only its SHA-256 is stored
//    6  a checksum of all three: a damaged token is rejected before the store is asked, and is never mistaken for an old
//       one, which would revoke the family
//
// So an old token is recognised at any age, without a list of old hashes that a thief could rotate out of memory. A family's
// id is 24 bytes in base64url: the tag, then the hash.

const { createHash, randomBytes, timingSafeEqual } = require('node:crypto');

const { TAG_BYTES } = require('./subject');

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const CHECK_BYTES = 6;
const SECRET_AT = FAMILY_BYTES + TAG_BYTES;
const CHECK_AT = SECRET_AT + SECRET_BYTES;
const TOKEN_BYTES = CHECK_AT + CHECK_BYTES;
const FAMILY_HASH_BYTES = 12;
// Whole groups of three bytes: every character counts, and each token has one spelling.
const TOKEN = new RegExp(`^[\\w-]{${(TOKEN_BYTES / 3) * 4}}$`);
const FAMILY_ID = new RegExp(`^[\\w-]{${((TAG_BYTES + FAMILY_HASH_BYTES) / 3) * 4}}$`);

/** @typedef {{ familyId: string, hash: Buffer }} Presented what a store may see of a token */
/** @typedef {Presented & { token: string }} Minted */

/** The first token of a new family. @param {Buffer} tag of the subject @returns {Minted} */
function mint(tag) {
  return seal(Buffer.concat([randomBytes(FAMILY_BYTES), tag]));
}

/** The next token of the same family. @param {string} token one that parse() accepted @returns {Minted} */
function mintNext(token) {
  return seal(Buffer.from(token, 'base64url').subarray(0, SECRET_AT));
}

/** @param {Buffer} start the family's secret and the tag @returns {Minted} */
function seal(start) {
  const secret = randomBytes(SECRET_BYTES);
  const token = Buffer.concat([start, secret, checksum(start, secret)]).toString('base64url');
  return { token, familyId: familyIdOf(start), hash: sha256(secret) };
}

/** Undefined for everything that was not minted here. @param {unknown} token @returns {Presented | undefined} */
function parse(token) {
  if (typeof token !== 'string' || !TOKEN.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const start = bytes.subarray(0, SECRET_AT);
  const secret = bytes.subarray(SECRET_AT, CHECK_AT);
  if (!timingSafeEqual(bytes.subarray(CHECK_AT), checksum(start, secret))) return undefined;
  return { familyId: familyIdOf(start), hash: sha256(secret) };
}

/** A family by a token or by its id. @param {string} tokenOrId @returns {{ familyId: string, hash?: Buffer } | undefined} */
function parseFamily(tokenOrId) {
  return FAMILY_ID.test(tokenOrId) ? { familyId: tokenOrId } : parse(tokenOrId);
}

/** Takes the same time for every hash of the list. @param {Buffer[]} hashes @param {Buffer} hash */
function includesHash(hashes, hash) {
  let found = false;
  for (const one of hashes) found = timingSafeEqual(one, hash) || found;
  return found;
}

/** @param {Buffer} start */
function familyIdOf(start) {
  const hash = sha256('family', start.subarray(0, FAMILY_BYTES)).subarray(0, FAMILY_HASH_BYTES);
  return Buffer.concat([start.subarray(FAMILY_BYTES), hash]).toString('base64url');
}

/** @param {Buffer} start @param {Buffer} secret */
const checksum = (start, secret) => sha256('check', start, secret).subarray(0, CHECK_BYTES);

/** @param {...(string | Buffer)} parts */
function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

module.exports = { includesHash, mint, mintNext, parse, parseFamily };
