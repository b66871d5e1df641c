// @ts-check
'use strict';

// What to write where something else than an object was passed as options, such as the one value that another package takes.

/** By function, or by function and option. @type {ReadonlyMap<string, string>} */
const FORMS = new Map([
  ['harden', "an object such as { preset: 'web' }"],
  ['cors', 'an object such as { origin: [...] }'],
  ['json', "an object such as { limit: '1mb' }"],
  ['urlencoded', "an object such as { limit: '1mb' }"],
  ['guard', "an object such as { mode: 'strip' }"],
  ['guard: exempt', "an object such as { body: ['/bio'] }"],
  ['harden input: exempt', "an object such as { body: ['/bio'] }"],
  ['rateLimit', 'an object such as { limit: 100 }'],
  ['createLimiter', 'an object such as { limit: 100 }'],
  ['errorHandler', 'an object such as { onError }'],
  ['createVerifier', 'an object such as { key }'],
  ['createSigner', 'an object such as { key }'],
  ['createKeyRing', 'an object such as { current: key }'],
  ['authenticate', 'an object such as { verifier }'],
  ['authenticate: cookie', 'true or an object such as { name }'],
  ['authenticate: authorize', "an object such as { roles: ['admin'] } or { check }"],
  ['authorize', "an object such as { roles: ['admin'] } or { check }"],
  ['createHtmlSanitizer', "an object such as { profile: 'article' }"],
  ['createHtmlSanitizer: attributes', 'an object of lists such as { a: ["href"] }'],
  ['createSvgSanitizer', 'an object such as { maxBytes: 262144 }'],
  ['threats', 'an object such as { onReport }'],
  ['issue', 'an object such as { subject }'],
  ['safeUrl', "an object such as { schemes: ['https'] }; in a map() write (url) => safeUrl(url)"],
  ['RedisStore', 'an object such as { client }'],
]);

/** What options, or the options inside an option, must be. @param {string} owner @param {string} [path] as in Reader */
function formOf(owner, path = '') {
  return FORMS.get(path === '' ? owner : `${owner}: ${path.slice(0, -1)}`) ?? 'an object';
}

module.exports = { formOf };
