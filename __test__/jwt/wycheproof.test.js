'use strict';

// The JWS and JWK cases of C2SP/wycheproof, which lie beside the checkout. An exception is a case that is wrong in itself: it
// is named with its reason, and one that turns out as stated after all fails too.

const assert = require('node:assert');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { describe, it } = require('node:test');

const { createVerifier } = require('portcullis');

const EXCEPTIONS = require('../vectors/wycheproof-exceptions.json');

/** As scripts/allowances.mjs has it. */
const NO_VECTORS = 'the vectors of other projects are not here';
const FOLDER = process.env.PORTCULLIS_VECTORS ?? join(__dirname, '../../../shared/vectors');

/**
 * Tokens of RFC 7520 section 4.2, whose key names no `alg`: the file's copy of the key says PS256, and its own cases 338 and
 * 340 demand that `alg` is binding. A program that expects such tokens has to name their algorithm, and so these cases do.
 */
const NAMED_ALGORITHMS = { 'json_web_signature_test.json': { 346: ['PS384'], 350: ['PS384'] } };

/** How many cases each file holds, so that none can be passed over without a word. */
const CASES = { 'json_web_signature_test.json': 401, 'json_web_key_test.json': 26 };

describe('jwt: wycheproof', () => {
  for (const [name, count] of Object.entries(CASES)) {
    const file = join(FOLDER, name);
    if (existsSync(file)) {
      describe(name, () => judgeFile(name, casesOf(name, JSON.parse(readFileSync(file, 'utf8'))), count));
      continue;
    }
    it(`${name}, expected at ${file}`, { skip: NO_VECTORS }, () => {});
  }
});

/** @param {string} name @param {any} file */
function casesOf(name, file) {
  return file.testGroups.flatMap((group) =>
    group.tests.map((one) => ({
      ...one,
      key: group.public ?? group.private,
      algorithms: NAMED_ALGORITHMS[name]?.[one.tcId],
    })),
  );
}

/** @param {string} name @param {any[]} cases @param {number} count */
function judgeFile(name, cases, count) {
  const exceptions = EXCEPTIONS[name];
  const asStated = cases.filter(({ tcId }) => !Object.hasOwn(exceptions, tcId));

  for (const one of asStated) {
    it(`case ${one.tcId}: ${one.result === 'valid' ? 'accepts' : 'rejects'} ${one.comment}`, () => {
      assert.strictEqual(outcome(one), one.result);
    });
  }

  for (const [tcId, reason] of Object.entries(exceptions)) {
    it(`case ${tcId}: is an exception, because it ${reason}`, () => {
      const one = cases.find((given) => String(given.tcId) === tcId);
      assert.ok(one, 'there is no such case');
      assert.notStrictEqual(outcome(one), one.result, 'it turns out as stated: take it off the list');
    });
  }

  for (const one of cases.filter(({ algorithms }) => algorithms !== undefined)) {
    it(`case ${one.tcId}: is rejected where the program does not name ${one.algorithms}`, () => {
      assert.strictEqual(outcome({ ...one, algorithms: undefined }), 'invalid');
    });
  }

  it(`judges ${asStated.length} of ${count} cases as stated, ${Object.keys(exceptions).length} being exceptions`, () => {
    assert.strictEqual(new Set(cases.map(({ tcId }) => tcId)).size, count);
  });
}

/** A key that is refused when the verifier is made verifies nothing. */
function outcome({ key, algorithms, jws }) {
  let verifier;
  try {
    const given = Array.isArray(key.keys) ? { keys: key } : { key };
    verifier = createVerifier(algorithms === undefined ? given : { ...given, algorithms });
  } catch (error) {
    assert.match(error.code, /^ERR_JWT_KEY/);
    return 'invalid';
  }
  try {
    verifier.verifyJws(jws);
    return 'valid';
  } catch (error) {
    assert.strictEqual(error.status, 401, error.message);
    return 'invalid';
  }
}
