// @ts-check
'use strict';

// A refresh token is text without meaning to its holder: 54 bytes in base64url.
//
//   16  the family's secret: the same in all tokens of a family. Its hash is the family's id, so that an id in a log does
//       not help to make a token, and whoever shows the secret has held a token of this family
//   32  the token's own secret; only its SHA-256 is stored
//    6  a checksum over both, so that a damaged token is refused before the store is asked, and is never taken for an old
//       one, which would revoke the family
//
// So an old token is known for what it is at any age, without a list of old hashes that a thief could rotate out of memory.

const { createHash, randomBytes, timingSafeEqual } = require('node:crypto');

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const CHECK_BYTES = 6;
const TOKEN_BYTES = FAMILY_BYTES + SECRET_BYTES + CHECK_BYTES;
// Whole groups of three bytes: each character counts, and there is one text for each token.
const TOKEN = new RegExp(`^[\\w-]{${(TOKEN_BYTES / 3) * 4}}$`);
const FAMILY_ID = /^[\w-]{21}[AQgw]$/;

/** @typedef {{ familyId: string, hash: Buffer }} Presented what a store may see of a token */
/** @typedef {Presented & { token: string }} Minted */

/** A token of a family; of a new one, where no token of it is given. @param {string} [sibling] @returns {Minted} */
function mint(sibling) {
  const family = sibling === undefined ? randomBytes(FAMILY_BYTES) : familyOf(Buffer.from(sibling, 'base64url'));
  const secret = randomBytes(SECRET_BYTES);
  const token = Buffer.concat([family, secret, checksum(family, secret)]).toString('base64url');
  return { token, familyId: familyIdOf(family), hash: sha256(secret) };
}

/** Undefined for whatever `mint` cannot have made. @param {unknown} token @returns {Presented | undefined} */
function parse(token) {
  if (typeof token !== 'string' || !TOKEN.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const family = familyOf(bytes);
  const secret = bytes.subarray(FAMILY_BYTES, FAMILY_BYTES + SECRET_BYTES);
  if (!timingSafeEqual(bytes.subarray(FAMILY_BYTES + SECRET_BYTES), checksum(family, secret))) return undefined;
  return { familyId: familyIdOf(family), hash: sha256(secret) };
}

/** The family that a token or an id names. @param {string} tokenOrId @returns {string | undefined} */
function parseFamilyId(tokenOrId) {
  return FAMILY_ID.test(tokenOrId) ? tokenOrId : parse(tokenOrId)?.familyId;
}

/** @param {Buffer} bytes */
const familyOf = (bytes) => bytes.subarray(0, FAMILY_BYTES);

/** @param {Buffer} family */
const familyIdOf = (family) => sha256('family', family).subarray(0, FAMILY_BYTES).toString('base64url');

/** @param {Buffer} family @param {Buffer} secret */
const checksum = (family, secret) => sha256('check', family, secret).subarray(0, CHECK_BYTES);

/** @param {...(string | Buffer)} parts */
function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

module.exports = { mint, parse, parseFamilyId };
