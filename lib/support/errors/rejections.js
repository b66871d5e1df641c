// @ts-check
'use strict';

// What each rejection means and how to fix it, for people who read logs. docs/errors.md is generated from this table.

/** @type {Readonly<Record<string, string>>} */
module.exports = Object.freeze({
  ERR_AUTH_MISSING: 'The request has no token. The client must send `Authorization: Bearer <token>`.',
  ERR_JWT_TOO_LARGE: 'The token is longer than `maxTokenBytes`. Sign fewer claims, or raise the bound.',
  ERR_JWT_MALFORMED:
    'The token is not a compact JWS: three parts in canonical base64url, with a JSON header and a JSON payload.',
  ERR_JWT_ALGORITHM: 'The `alg` in the header is not listed in the `algorithms` of the verifier.',
  ERR_JWT_KEY_UNKNOWN: 'No key, or more than one key, matches the `kid` in the header.',
  ERR_JWT_CRITICAL: 'The header asks for an extension (`crit`, `b64` or `zip`). Portcullis supports none.',
  ERR_JWT_SIGNATURE: 'The signature does not match. The token was changed, or was signed with another key.',
  ERR_JWT_EXPIRED: 'The token has expired (`exp`). The client must refresh it or log in again.',
  ERR_JWT_NOT_YET_VALID: 'The token is not valid yet (`nbf`). Check the clocks, or set `clockToleranceSeconds`.',
  ERR_JWT_TOO_OLD: 'The token was issued more than `maxAgeSeconds` ago, or its `iat` is in the future.',
  ERR_JWT_CLAIM_TYPE: 'A registered claim has the wrong JSON type, such as a string in `exp`.',
  ERR_JWT_CLAIM_MISSING: 'A claim that the verifier requires is missing from the token.',
  ERR_JWT_ISSUER: 'The issuer (`iss`) is not one that the verifier accepts.',
  ERR_JWT_AUDIENCE: 'The audience (`aud`) contains no value that the verifier accepts.',
  ERR_JWT_SUBJECT: 'The subject (`sub`) is not one that the verifier accepts.',
  ERR_JWT_ID: 'The token id (`jti`) is not one that the verifier accepts.',
  ERR_JWT_NONCE: 'The `nonce` is not the expected one.',
  ERR_JWT_TYP: 'The `typ` in the header is not the one that the verifier requires.',
  ERR_JWT_BUSY: 'Too many tokens are waiting for a thread of the pool. Retry later.',
  ERR_JWT_REVOKED: 'The token was revoked: by its own id, its subject, its session or its key.',
  ERR_REVOCATIONS_FULL: 'The table of revocations is full and none of its entries has expired. Raise `maxEntries`.',
  ERR_REVOCATIONS_UNAVAILABLE:
    'This process lost contact with the store of revocations, and `onFailure` is `closed`. Check Redis.',
  ERR_AUTH_REQUEST: 'The request carries more than one token, for example in a cookie and in a header.',
  ERR_REFRESH_TOKENS_INVALID: 'The refresh token is not one that this app issued, or it is no longer known.',
  ERR_REFRESH_TOKENS_EXPIRED: 'The refresh token was unused for longer than `idleSeconds`, or its family has expired.',
  ERR_REFRESH_TOKENS_REUSED:
    'A refresh token was used again after it had been replaced. Its family was revoked, because the token may be stolen. ' +
    'A token that was used too often within `graceSeconds` is rejected, but its family is not revoked.',
  ERR_REFRESH_TOKENS_REVOKED: 'The family of this refresh token was revoked, for example by a log-out.',
  ERR_REFRESH_TOKENS_FULL: 'There are `maxFamilies` live families in memory. Raise the bound, or use a `store`.',
  ERR_AUTH_FORBIDDEN: 'The token is valid but lacks a required scope or role, or `check` did not return true.',
  ERR_CSRF_CROSS_SITE: 'Another site may have caused this request. List origins that may do so in `trustedOrigins`.',
  ERR_JWT_KEYS_UNAVAILABLE:
    'The verifier has no keys: the JWKS endpoint never responded, or has been failing for too long.',
  ERR_PASSWORD_INPUT: 'The password is empty, too long, not well-formed text, or not a string or Uint8Array.',
  ERR_PASSWORD_HASH_MALFORMED:
    'The stored hash is not an Argon2 hash in PHC format. Verify hashes of other kinds with their own library.',
  ERR_PASSWORD_HASH_COSTLY: 'The stored hash needs more memory, passes or lanes than the ceiling allows.',
  ERR_PASSWORD_BUSY: 'The queue of the password pool is full. Retry later, or raise `threads` or `maxQueue`.',
  ERR_PASSWORD_CLOSED: 'The password pool was closed with `close()`.',
  ERR_PASSWORD_MEMORY: 'There is not enough memory to compute a hash.',
  ERR_PASSWORD_SALT: 'The operating system returned no random bytes for a salt.',
  ERR_RATE_LIMIT_EXCEEDED:
    "The client exceeded its limit. `harden` and `refuse: 'next'` of `rateLimit` pass this error on; `rateLimit` alone responds.",
  ERR_RATE_LIMIT_ADDRESS:
    'The address of the client is not an IP address: usually `X-Forwarded-For` holds something else, such as `unknown`.',
  ERR_INPUT_SYNTAX: 'The body is not valid JSON. With `strict`, it must be an object or an array.',
  ERR_INPUT_UTF8: 'The body is not valid UTF-8.',
  ERR_INPUT_BOM: 'The body starts with a byte order mark.',
  ERR_INPUT_SURROGATE: 'A string in the body contains half of a surrogate pair.',
  ERR_INPUT_TOO_LARGE: 'The body is larger than `limit`, or inflates to far more than was sent.',
  ERR_INPUT_DEPTH: 'The input is nested deeper than `maxDepth`.',
  ERR_INPUT_KEYS: 'The input has more than `maxKeys` keys. Raise the bound on routes that accept long lists.',
  ERR_INPUT_KEY_LENGTH: 'A key is longer than `maxKeyLength`.',
  ERR_INPUT_OPERATOR_KEY:
    'A key starts with `$`, like a query operator of MongoDB. Use `exempt` or `rules` where clients send such keys, as OData and JSON Schema do.',
  ERR_INPUT_DOTTED_KEY: 'A key contains a dot, like a path in a query, and the rule `dots` is on.',
  ERR_INPUT_PROTOTYPE_KEY: 'A key could change the prototype of an object, such as `__proto__`.',
  ERR_INPUT_DUPLICATE_KEY: 'A key occurs twice in the same object.',
  ERR_INPUT_FORM:
    'A name or value of a form can be read in more than one way: a `%` without two hexadecimal digits, unbalanced brackets, or text between or behind brackets.',
  ERR_INPUT_MIXED:
    'A form uses one name in two ways, such as `a=1&a[b]=2`. Parsers would turn an expected text into an array or an object.',
  ERR_INPUT_NUMBER: 'A number in the body is too large for a JavaScript number, such as `1e400`.',
  ERR_INPUT_REPEATED: 'A name of the query or form is repeated, and `arrays` does not list it.',
  ERR_INPUT_KEY_CLASH: 'In mode `replace`, the new name of a key is taken, or breaks a rule itself.',
  ERR_INPUT_CHARSET: 'The Content-Type names a charset other than UTF-8.',
  ERR_INPUT_ENCODING: 'The Content-Encoding is not supported. Use gzip, deflate or br, or send no encoding.',
  ERR_INPUT_INFLATE: 'The compressed body is damaged or incomplete.',
  ERR_INPUT_LENGTH: 'The body does not have the length that Content-Length declares.',
  ERR_INPUT_ABORTED: 'The client disconnected before it had sent the whole body.',
  ERR_INPUT_VERIFY: 'The option `verify` rejected the body.',
  ERR_INPUT_STREAM:
    'Another middleware read the body first, or its stream failed. Mount `json()`, `urlencoded()` or `harden()` before other parsers.',
  ERR_HTML_TOO_LONG: 'The HTML is longer than `maxLength`.',
  ERR_HTML_COMPLEX:
    'The HTML has more than 1,024 elements inside each other or 1,000 attributes in a tag, or formatting that multiplies when it is parsed.',
  ERR_HTML_BUSY: 'Too many calls of `sanitizeAsync` are waiting.',
  ERR_SVG_TOO_LARGE: 'The SVG is larger than `maxBytes`.',
  ERR_SVG_ENCODING: 'The SVG is not UTF-8, or its XML declaration names another encoding.',
  ERR_SVG_SYNTAX: 'The SVG is not well-formed XML, or an element has the same attribute twice.',
  ERR_SVG_DOCTYPE: 'The SVG declares or uses entities. A DOCTYPE without declarations is removed and is no error.',
  ERR_SVG_ROOT: 'The root element is not `svg` of the SVG namespace.',
  ERR_SVG_DEPTH: 'Elements of the SVG are nested deeper than `maxDepth`.',
  ERR_SVG_ELEMENTS: 'The SVG has more than `maxElements` elements.',
  ERR_SVG_ATTRIBUTES: 'An element of the SVG has more than `maxAttributes` attributes, or too many namespaces.',
  ERR_SVG_EXPANSION: 'References or stylesheets of the SVG would draw more than `maxDrawn` elements.',
  ERR_PATTERNS_TEXT_TOO_LONG: 'The text to search is longer than `maxTextLength` of `createPatterns`.',
  ERR_VALIDATE_INPUT:
    'The request does not match a schema of `validate`. `err.issues` lists where. A source that is undefined has no parser.',
  ERR_VALIDATE_SCHEMA:
    'A schema of `validate` threw, rejected, or returned no result, or a JSON body came that no parser had read. `err.cause` says why.',
  ERR_HTTPS_REQUIRED:
    'The request came over plain HTTP. Behind a proxy, set `trust proxy` in Express, or every request counts as plain.',
  ERR_HTTPS_HOST: 'The Host header is missing or not in `allowedHosts`, so there is no safe address to redirect to.',
  ERR_REDIS_UNAVAILABLE: 'Redis was unreachable, refused the command, or did not respond within `deadlineMs`.',
  ERR_INTERNAL: 'A fault inside Portcullis was caught. The process is unharmed. Please report it.',
});
