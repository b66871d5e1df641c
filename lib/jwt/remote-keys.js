// @ts-check
'use strict';

// Public keys of issuers, as a judge asks for them.

const { createJwksSource } = require('./jwks/source');
const { publicKeys } = require('./key-lists');
const { verifyingKey } = require('./keys');

/**
 * @param {unknown} options of the source
 * @param {readonly string[] | undefined} algorithms
 * @param {(keys: object[]) => import('./prepared').Prepared} make
 * @param {import('./jwks/options').Origin} origin of the options
 */
function createRemoteKeys(options, algorithms, make, origin) {
  /** @type {{ text: string, verifier: any, keyIds: Set<string> }} */
  let last = { text: '', verifier: undefined, keyIds: new Set() };
  const source = createJwksSource(
    options,
    (jwks) => {
      // The same set makes the same verifier, so that what it verified before stays known.
      const text = JSON.stringify(jwks);
      if (text === last.text) return last;
      const keys = publicKeys(jwks, { algorithms });
      const keyIds = new Set(keys.flatMap((key) => key.keyId ?? []));
      last = { text, verifier: make(keys.map(verifyingKey)), keyIds };
      return last;
    },
    origin,
  );

  return {
    source,
    current() {
      const held = source.current();
      if (held === undefined) throw source.unavailable();
      return held.verifier;
    },
    /** @param {any} error @returns {Promise<unknown> | undefined} */
    wait(error) {
      if (error?.code === 'ERR_JWT_KEYS_UNAVAILABLE') return source.refresh('missing');
      return error?.code === 'ERR_JWT_KEY_UNKNOWN' ? source.refresh('unknown-kid', error.kid) : undefined;
    },
  };
}

module.exports = { createRemoteKeys };
