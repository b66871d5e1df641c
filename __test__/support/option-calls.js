'use strict';

// How tests hand options to each function that takes some.

const portcullis = require('portcullis');
const { SECRET: KEY } = require('./secret');

const CLIENT = { call() {}, status: 'connecting', duplicate() {}, on() {} };
const URL = 'https://id.example.com/keys';

/** How to hand options to the owner of a table, beside what it requires. */
const CALLS = {
  RedisStore: (options) => new portcullis.RedisStore({ client: CLIENT, ...options }),
  authenticate: (options) => portcullis.authenticate({ key: KEY, ...options }),
  'authenticate: jwks': (options) => portcullis.authenticate({ jwks: { url: URL, prefetch: false, ...options } }),
  authorize: (options) => portcullis.authorize({ roles: ['admin'], ...options }),
  createKeyRing: (options) => portcullis.createKeyRing({ current: { key: KEY, keyId: 'a' }, ...options }),
  createLimiter: (options) => portcullis.createLimiter({ limit: 5, windowMs: 1000, ...options }),
  createPatterns: (options) => portcullis.createPatterns(['a'], options),
  createSigner: (options) => portcullis.createSigner({ key: KEY, ...options }),
  createVerifier: (options) => portcullis.createVerifier({ key: KEY, ...options }),
  'createVerifier: jwks': (options) => portcullis.createVerifier({ jwks: { url: URL, prefetch: false, ...options } }),
  input: (options) => portcullis.harden({ input: options }),
  parseJson: (options) => portcullis.parseJson('{}', options),
  safeUrl: (options) => portcullis.safeUrl('/', options),
  sign: (options) => portcullis.createSigner({ key: KEY }).sign({ sub: 'ada' }, options),
  threats: (options) => portcullis.threats({ onReport() {}, ...options }),
  verify: (options) => {
    const token = portcullis.createSigner({ key: KEY }).sign({ sub: 'ada' });
    return portcullis.createVerifier({ key: KEY }).verify(token, options);
  },
};

/** @param {string} owner */
function callOf(owner) {
  return CALLS[owner] ?? ((options) => portcullis[owner](options));
}

/** What the reader knows: it lists its options when nothing is near. @param {string} owner */
function optionsOf(owner) {
  const name = '#'.repeat(60);
  try {
    callOf(owner)({ [name]: 1 });
  } catch (error) {
    return error.message.split('known options: ')[1].split(', ');
  }
  throw new Error(`${owner} accepts an unknown option`);
}

module.exports = { CALLS, KEY, callOf, optionsOf };
