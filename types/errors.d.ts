/**
 * The code of an error. Codes are part of the API: new ones are added, none is renamed.
 *
 * A *rejection* is a request that was refused: a {@link PortcullisError} with a status. A *misuse* is a mistake in the
 * program: a `TypeError` or `RangeError` with a `code`, usually thrown while the app starts.
 */
export type ErrorCode =
  /** The request has no token. The client must send `Authorization: Bearer <token>`. Rejection, status 401. */
  | 'ERR_AUTH_MISSING'
  /** The token is longer than `maxTokenBytes`. Sign fewer claims, or raise the bound. Rejection, status 401. */
  | 'ERR_JWT_TOO_LARGE'
  /**
   * The token is not a compact JWS: three parts in canonical base64url, with a JSON header and a JSON payload.
   * Rejection, status 401.
   */
  | 'ERR_JWT_MALFORMED'
  /** The `alg` in the header is not listed in the `algorithms` of the verifier. Rejection, status 401. */
  | 'ERR_JWT_ALGORITHM'
  /** No key, or more than one key, matches the `kid` in the header. Rejection, status 401. */
  | 'ERR_JWT_KEY_UNKNOWN'
  /** The header asks for an extension (`crit`, `b64` or `zip`). Portcullis supports none. Rejection, status 401. */
  | 'ERR_JWT_CRITICAL'
  /** The signature does not match. The token was changed, or was signed with another key. Rejection, status 401. */
  | 'ERR_JWT_SIGNATURE'
  /** The token has expired (`exp`). The client must refresh it or log in again. Rejection, status 401. */
  | 'ERR_JWT_EXPIRED'
  /** The token is not valid yet (`nbf`). Check the clocks, or set `clockToleranceSeconds`. Rejection, status 401. */
  | 'ERR_JWT_NOT_YET_VALID'
  /** The token was issued more than `maxAgeSeconds` ago, or its `iat` is in the future. Rejection, status 401. */
  | 'ERR_JWT_TOO_OLD'
  /** A registered claim has the wrong JSON type, such as a string in `exp`. Rejection, status 401. */
  | 'ERR_JWT_CLAIM_TYPE'
  /** A claim that the verifier requires is missing from the token. Rejection, status 401. */
  | 'ERR_JWT_CLAIM_MISSING'
  /** The issuer (`iss`) is not one that the verifier accepts. Rejection, status 401. */
  | 'ERR_JWT_ISSUER'
  /** The audience (`aud`) contains no value that the verifier accepts. Rejection, status 401. */
  | 'ERR_JWT_AUDIENCE'
  /** The subject (`sub`) is not one that the verifier accepts. Rejection, status 401. */
  | 'ERR_JWT_SUBJECT'
  /** The token id (`jti`) is not one that the verifier accepts. Rejection, status 401. */
  | 'ERR_JWT_ID'
  /** The `nonce` is not the expected one. Rejection, status 401. */
  | 'ERR_JWT_NONCE'
  /** The `typ` in the header is not the one that the verifier requires. Rejection, status 401. */
  | 'ERR_JWT_TYP'
  /** Too many tokens are waiting for a thread of the pool. Retry later. Rejection, status 503. */
  | 'ERR_JWT_BUSY'
  /** The token was revoked: by its own id, its subject, its session or its key. Rejection, status 401. */
  | 'ERR_JWT_REVOKED'
  /**
   * The table of revocations is full and none of its entries has expired. Raise `maxEntries`. Rejection, status 503.
   */
  | 'ERR_REVOCATIONS_FULL'
  /**
   * This process lost contact with the store of revocations, and `onFailure` is `closed`. Check Redis. Rejection,
   * status 503.
   */
  | 'ERR_REVOCATIONS_UNAVAILABLE'
  /** The request carries more than one token, for example in a cookie and in a header. Rejection, status 400. */
  | 'ERR_AUTH_REQUEST'
  /** The refresh token is not one that this app issued, or it is no longer known. Rejection, status 401. */
  | 'ERR_REFRESH_TOKENS_INVALID'
  /** The refresh token was unused for longer than `idleSeconds`, or its family has expired. Rejection, status 401. */
  | 'ERR_REFRESH_TOKENS_EXPIRED'
  /**
   * A refresh token was used again after it had been replaced. Its family was revoked, because the token may be stolen.
   * A token that was used too often within `graceSeconds` is rejected, but its family is not revoked. Rejection, status
   * 401.
   */
  | 'ERR_REFRESH_TOKENS_REUSED'
  /** The family of this refresh token was revoked, for example by a log-out. Rejection, status 401. */
  | 'ERR_REFRESH_TOKENS_REVOKED'
  /** There are `maxFamilies` live families in memory. Raise the bound, or use a `store`. Rejection, status 503. */
  | 'ERR_REFRESH_TOKENS_FULL'
  /** The token is valid but lacks a required scope or role, or `check` did not return true. Rejection, status 403. */
  | 'ERR_AUTH_FORBIDDEN'
  /**
   * Another site may have caused this request. List origins that may do so in `trustedOrigins`. Rejection, status 403.
   */
  | 'ERR_CSRF_CROSS_SITE'
  /**
   * The verifier has no keys: the JWKS endpoint never responded, or has been failing for too long. Rejection, status
   * 503.
   */
  | 'ERR_JWT_KEYS_UNAVAILABLE'
  /** The password is empty, too long, not well-formed text, or not a string or Uint8Array. Rejection, status 400. */
  | 'ERR_PASSWORD_INPUT'
  /**
   * The stored hash is not an Argon2 hash in PHC format. Verify hashes of other kinds with their own library.
   * Rejection, status 500.
   */
  | 'ERR_PASSWORD_HASH_MALFORMED'
  /** The stored hash needs more memory, passes or lanes than the ceiling allows. Rejection, status 500. */
  | 'ERR_PASSWORD_HASH_COSTLY'
  /** The queue of the password pool is full. Retry later, or raise `threads` or `maxQueue`. Rejection, status 503. */
  | 'ERR_PASSWORD_BUSY'
  /** The password pool was closed with `close()`. Rejection, status 503. */
  | 'ERR_PASSWORD_CLOSED'
  /** There is not enough memory to compute a hash. Rejection, status 503. */
  | 'ERR_PASSWORD_MEMORY'
  /** The operating system returned no random bytes for a salt. Rejection, status 500. */
  | 'ERR_PASSWORD_SALT'
  /**
   * The client exceeded its limit. `harden` and `refuse: 'next'` of `rateLimit` pass this error on; `rateLimit` alone
   * responds. Rejection, status 429.
   */
  | 'ERR_RATE_LIMIT_EXCEEDED'
  /**
   * The address of the client is not an IP address: usually `X-Forwarded-For` holds something else, such as `unknown`.
   * Rejection, status 400.
   */
  | 'ERR_RATE_LIMIT_ADDRESS'
  /** The body is not valid JSON. With `strict`, it must be an object or an array. Rejection, status 400. */
  | 'ERR_INPUT_SYNTAX'
  /** The body is not valid UTF-8. Rejection, status 400. */
  | 'ERR_INPUT_UTF8'
  /** The body starts with a byte order mark. Rejection, status 400. */
  | 'ERR_INPUT_BOM'
  /** A string in the body contains half of a surrogate pair. Rejection, status 400. */
  | 'ERR_INPUT_SURROGATE'
  /** The body is larger than `limit`, or inflates to far more than was sent. Rejection, status 413. */
  | 'ERR_INPUT_TOO_LARGE'
  /** The input is nested deeper than `maxDepth`. Rejection, status 400. */
  | 'ERR_INPUT_DEPTH'
  /**
   * The input has more than `maxKeys` keys. Raise the bound on routes that accept long lists. Rejection, status 400.
   */
  | 'ERR_INPUT_KEYS'
  /** A key is longer than `maxKeyLength`. Rejection, status 400. */
  | 'ERR_INPUT_KEY_LENGTH'
  /**
   * A key starts with `$`, like a query operator of MongoDB. Use `exempt` or `rules` where clients send such keys, as
   * OData and JSON Schema do. Rejection, status 400.
   */
  | 'ERR_INPUT_OPERATOR_KEY'
  /** A key contains a dot, like a path in a query, and the rule `dots` is on. Rejection, status 400. */
  | 'ERR_INPUT_DOTTED_KEY'
  /** A key could change the prototype of an object, such as `__proto__`. Rejection, status 400. */
  | 'ERR_INPUT_PROTOTYPE_KEY'
  /** A key occurs twice in the same object. Rejection, status 400. */
  | 'ERR_INPUT_DUPLICATE_KEY'
  /**
   * A name or value of a form can be read in more than one way: a `%` without two hexadecimal digits, unbalanced
   * brackets, or text between or behind brackets. Rejection, status 400.
   */
  | 'ERR_INPUT_FORM'
  /**
   * A form uses one name in two ways, such as `a=1&a[b]=2`. Parsers would turn an expected text into an array or an
   * object. Rejection, status 400.
   */
  | 'ERR_INPUT_MIXED'
  /** A number in the body is too large for a JavaScript number, such as `1e400`. Rejection, status 400. */
  | 'ERR_INPUT_NUMBER'
  /** A name of the query or form is repeated, and `arrays` does not list it. Rejection, status 400. */
  | 'ERR_INPUT_REPEATED'
  /** In mode `replace`, the new name of a key is taken, or breaks a rule itself. Rejection, status 400. */
  | 'ERR_INPUT_KEY_CLASH'
  /** The Content-Type names a charset other than UTF-8. Rejection, status 415. */
  | 'ERR_INPUT_CHARSET'
  /** The Content-Encoding is not supported. Use gzip, deflate or br, or send no encoding. Rejection, status 415. */
  | 'ERR_INPUT_ENCODING'
  /** The compressed body is damaged or incomplete. Rejection, status 400. */
  | 'ERR_INPUT_INFLATE'
  /** The body does not have the length that Content-Length declares. Rejection, status 400. */
  | 'ERR_INPUT_LENGTH'
  /** The client disconnected before it had sent the whole body. Rejection, status 400. */
  | 'ERR_INPUT_ABORTED'
  /** The option `verify` rejected the body. Rejection, status 403. */
  | 'ERR_INPUT_VERIFY'
  /**
   * Another middleware read the body first, or its stream failed. Mount `json()`, `urlencoded()` or `harden()` before
   * other parsers. Rejection, status 500.
   */
  | 'ERR_INPUT_STREAM'
  /** The HTML is longer than `maxLength`. Rejection, status 413. */
  | 'ERR_HTML_TOO_LONG'
  /**
   * The HTML has more than 1,024 elements inside each other or 1,000 attributes in a tag, or formatting that multiplies
   * when it is parsed. Rejection, status 400.
   */
  | 'ERR_HTML_COMPLEX'
  /** Too many calls of `sanitizeAsync` are waiting. Rejection, status 503. */
  | 'ERR_HTML_BUSY'
  /** The SVG is larger than `maxBytes`. Rejection, status 413. */
  | 'ERR_SVG_TOO_LARGE'
  /** The SVG is not UTF-8, or its XML declaration names another encoding. Rejection, status 400. */
  | 'ERR_SVG_ENCODING'
  /** The SVG is not well-formed XML, or an element has the same attribute twice. Rejection, status 400. */
  | 'ERR_SVG_SYNTAX'
  /**
   * The SVG declares or uses entities. A DOCTYPE without declarations is removed and is no error. Rejection, status
   * 400.
   */
  | 'ERR_SVG_DOCTYPE'
  /** The root element is not `svg` of the SVG namespace. Rejection, status 400. */
  | 'ERR_SVG_ROOT'
  /** Elements of the SVG are nested deeper than `maxDepth`. Rejection, status 400. */
  | 'ERR_SVG_DEPTH'
  /** The SVG has more than `maxElements` elements. Rejection, status 400. */
  | 'ERR_SVG_ELEMENTS'
  /** An element of the SVG has more than `maxAttributes` attributes, or too many namespaces. Rejection, status 400. */
  | 'ERR_SVG_ATTRIBUTES'
  /** References or stylesheets of the SVG would draw more than `maxDrawn` elements. Rejection, status 400. */
  | 'ERR_SVG_EXPANSION'
  /** The text to search is longer than `maxTextLength` of `createPatterns`. Rejection, status 413. */
  | 'ERR_PATTERNS_TEXT_TOO_LONG'
  /**
   * The request does not match a schema of `validate`. `err.issues` lists where. A source that is undefined has no
   * parser. Rejection, status 400.
   */
  | 'ERR_VALIDATE_INPUT'
  /**
   * A schema of `validate` threw, rejected, or returned no result, or a JSON body came that no parser had read.
   * `err.cause` says why. Rejection, status 500.
   */
  | 'ERR_VALIDATE_SCHEMA'
  /**
   * The request came over plain HTTP. Behind a proxy, set `trust proxy` in Express, or every request counts as plain.
   * Rejection, status 403.
   */
  | 'ERR_HTTPS_REQUIRED'
  /**
   * The Host header is missing or not in `allowedHosts`, so there is no safe address to redirect to. Rejection, status
   * 400.
   */
  | 'ERR_HTTPS_HOST'
  /** Redis was unreachable, refused the command, or did not respond within `deadlineMs`. Rejection, status 503. */
  | 'ERR_REDIS_UNAVAILABLE'
  /** A fault inside Portcullis was caught. The process is unharmed. Please report it. Rejection, status 500. */
  | 'ERR_INTERNAL'
  /**
   * An option of `createVerifier`, `createSigner` or `createKeyRing` has the wrong type, or an unknown name. Misuse,
   * `TypeError`.
   */
  | 'ERR_JWT_OPTION'
  /** An option of `createVerifier` or `createSigner` is out of range. Misuse, `RangeError`. */
  | 'ERR_JWT_OPTION_RANGE'
  /** The key is unsafe or unreadable, such as a secret that is shorter than the hash. Misuse, `TypeError`. */
  | 'ERR_JWT_KEY'
  /** The key does not fit any of the given algorithms. Misuse, `TypeError`. */
  | 'ERR_JWT_KEY_ALGORITHM'
  /**
   * The claims cannot be signed: they are not a plain object, or a registered claim has a wrong type. Misuse,
   * `TypeError`.
   */
  | 'ERR_JWT_CLAIMS'
  /**
   * An option of `authenticate`, `authorize` or `tokenCookie` has the wrong type, or an unknown name. Misuse,
   * `TypeError`.
   */
  | 'ERR_AUTH_OPTION'
  /** An option of `tokenCookie` is out of range. Misuse, `RangeError`. */
  | 'ERR_AUTH_OPTION_RANGE'
  /** An option of `createRevocations` has the wrong type, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_REVOCATIONS_OPTION'
  /** An option of `createRevocations` is out of range. Misuse, `RangeError`. */
  | 'ERR_REVOCATIONS_OPTION_RANGE'
  /** There is nothing to revoke, such as when the claims have no `jti`. Misuse, `TypeError`. */
  | 'ERR_REVOCATIONS_TARGET'
  /** A table of revocations with this name already exists with other options. Misuse, `TypeError`. */
  | 'ERR_REVOCATIONS_CONFLICT'
  /**
   * The token does not fit into a cookie: it contains other characters, or has over 4,096 bytes with the name. Misuse,
   * `TypeError`.
   */
  | 'ERR_AUTH_COOKIE'
  /** An option or argument of the refresh tokens has the wrong type, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_REFRESH_TOKENS_OPTION'
  /** An option or argument of the refresh tokens is out of range. Misuse, `RangeError`. */
  | 'ERR_REFRESH_TOKENS_OPTION_RANGE'
  /** An option of `createPasswords` has the wrong type, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_PASSWORD_OPTION'
  /** An option of `createPasswords` is out of range. Misuse, `RangeError`. */
  | 'ERR_PASSWORD_OPTION_RANGE'
  /** An option of `rateLimit` or `createLimiter` has the wrong type, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_OPTION'
  /** An option of `rateLimit` or `createLimiter` is out of range. Misuse, `RangeError`. */
  | 'ERR_RATE_LIMIT_OPTION_RANGE'
  /** The key of a request is not a string of 1 to 1,024 bytes, or not an IP address. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_KEY'
  /** The cost of a request is not a whole number from 1 to the limit. Misuse, `RangeError`. */
  | 'ERR_RATE_LIMIT_COST'
  /** A limiter with this `name` already exists with other options. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_CONFLICT'
  /**
   * An option of `json`, `urlencoded`, `guard` or `parseJson` has the wrong type, or an unknown name. Misuse,
   * `TypeError`.
   */
  | 'ERR_INPUT_OPTION'
  /** An option of `json`, `urlencoded`, `guard` or `parseJson` is out of range. Misuse, `RangeError`. */
  | 'ERR_INPUT_OPTION_RANGE'
  /**
   * The value to escape is not one that the function accepts, or is too long. The message says what to pass. Misuse,
   * `TypeError`.
   */
  | 'ERR_ESCAPE_INPUT'
  /** An option of `safeUrl` is wrong, or would allow more than it appears to. Misuse, `TypeError`. */
  | 'ERR_ESCAPE_OPTION'
  /**
   * A placeholder of `html` stands where escaping is not enough, such as in a script, or the template is not complete
   * HTML. Misuse, `TypeError`.
   */
  | 'ERR_ESCAPE_TEMPLATE'
  /** An option of `createHtmlSanitizer` is wrong, or would keep what cannot be kept safely. Misuse, `TypeError`. */
  | 'ERR_HTML_OPTION'
  /** An option of `createHtmlSanitizer` is out of range. Misuse, `RangeError`. */
  | 'ERR_HTML_OPTION_RANGE'
  /** What is to be sanitized is not a string. Misuse, `TypeError`. */
  | 'ERR_HTML_INPUT'
  /** An option of `createSvgSanitizer` has the wrong type, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_SVG_OPTION'
  /** An option of `createSvgSanitizer` is out of range. Misuse, `RangeError`. */
  | 'ERR_SVG_OPTION_RANGE'
  /** What is to be sanitized is neither a string nor a Buffer. Misuse, `TypeError`. */
  | 'ERR_SVG_INPUT'
  /**
   * An option of `createPatterns`, `createThreatScanner` or `threats` is wrong, or the list of patterns is. Misuse,
   * `TypeError`.
   */
  | 'ERR_PATTERNS_OPTION'
  /** An option of `createPatterns`, `createThreatScanner` or `threats` is out of range. Misuse, `RangeError`. */
  | 'ERR_PATTERNS_OPTION_RANGE'
  /**
   * A pattern cannot be read, or is a RegExp that uses what cannot run in linear time or would mean something else.
   * Misuse, `TypeError`.
   */
  | 'ERR_PATTERNS_SYNTAX'
  /**
   * There are too many patterns, or one is too long, nested too deeply, or too large when compiled. Misuse,
   * `RangeError`.
   */
  | 'ERR_PATTERNS_SIZE'
  /** The text to search is not a string. Misuse, `TypeError`. */
  | 'ERR_PATTERNS_INPUT'
  /** A schema or an option of `validate` is wrong, or a source has an unknown name. Misuse, `TypeError`. */
  | 'ERR_VALIDATE_OPTION'
  /** An option of `validate` is out of range. Misuse, `RangeError`. */
  | 'ERR_VALIDATE_OPTION_RANGE'
  /** An option of `securityHeaders` is wrong. The message names it. Misuse, `TypeError`. */
  | 'ERR_HEADERS_OPTION'
  /** An option of `cors` is wrong, or would allow more than it appears to. Misuse, `TypeError`. */
  | 'ERR_CORS_OPTION'
  /** An option of `cors` is out of range. Misuse, `RangeError`. */
  | 'ERR_CORS_OPTION_RANGE'
  /** An option of `csrf` is wrong, or would trust more than it appears to. Misuse, `TypeError`. */
  | 'ERR_CSRF_OPTION'
  /** An option of `httpsOnly` is wrong, or `mode` does not fit the hosts. Misuse, `TypeError`. */
  | 'ERR_HTTPS_OPTION'
  /** An option of `errorHandler` is wrong. Misuse, `TypeError`. */
  | 'ERR_ERROR_HANDLER_OPTION'
  /** An option of `harden` is wrong. Options of its members have the codes of their own area. Misuse, `TypeError`. */
  | 'ERR_HARDEN_OPTION'
  /** An option of `RedisStore` is wrong, or `client` is not a client that it supports. Misuse, `TypeError`. */
  | 'ERR_REDIS_OPTION'
  /** An option of `RedisStore` is out of range. Misuse, `RangeError`. */
  | 'ERR_REDIS_OPTION_RANGE'
  /**
   * The native addon for this platform is missing or cannot be loaded. The message says what to install. Thrown by
   * `require`.
   */
  | 'ERR_NATIVE_LOAD'
  /**
   * The native addon has another version than the package. Delete node_modules and install again. Thrown by `require`.
   */
  | 'ERR_NATIVE_VERSION';

/**
 * A request that was refused. Middleware passes it to `next`, and `errorHandler` turns it into an RFC 9457 response.
 *
 * The message is for logs. It never contains a token, a key, a password or input. A client sees only the status and its
 * title; all refused tokens look alike.
 */
export class PortcullisError extends Error {
  /** Creates a rejection, for a handler of your own. `status` follows from the code. */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; claim?: string });
  /** Always `PortcullisError`. */
  readonly name: 'PortcullisError';
  /** What was refused and why. */
  code: ErrorCode;
  /** The HTTP status of the response. 500 for a code that is not a rejection. */
  status: number;
  /** The same as `status`, under the name that other error handlers read. */
  statusCode: number;
  /** The claim that is missing or has the wrong type or value; absent where the error is not about one. */
  claim?: string;
  /** Always false: the message is not for clients. */
  expose: false;
}
