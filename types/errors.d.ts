/**
 * Every code that Portcullis gives an error. Codes are API: new ones are added, none is renamed.
 *
 * A *rejection* is a request that was refused: a {@link PortcullisError} with a status. A *misuse* is a mistake of the
 * program: a `TypeError` or `RangeError` with a `code`, thrown when a middleware is made or called with a wrong type.
 */
export type ErrorCode =
  /** The request carries no token. Rejection, 401. */
  | 'ERR_AUTH_MISSING'
  /** The token is longer than `maxTokenBytes`. Rejection, 401. */
  | 'ERR_JWT_TOO_LARGE'
  /** The token is not a compact JWS of three canonical base64url parts with a JSON header and payload. Rejection, 401. */
  | 'ERR_JWT_MALFORMED'
  /** The header's `alg` is not one that the verifier allows. Rejection, 401. */
  | 'ERR_JWT_ALGORITHM'
  /** No key, or more than one, fits the header's `kid`. Rejection, 401. */
  | 'ERR_JWT_KEY_UNKNOWN'
  /** The header's `crit`, `b64` or `zip` asks for an extension, and none is supported. Rejection, 401. */
  | 'ERR_JWT_CRITICAL'
  /** The signature does not match. Rejection, 401. */
  | 'ERR_JWT_SIGNATURE'
  /** `exp` has passed. Rejection, 401. */
  | 'ERR_JWT_EXPIRED'
  /** `nbf` has not come yet. Rejection, 401. */
  | 'ERR_JWT_NOT_YET_VALID'
  /** `iat` lies further back than `maxAgeSeconds`, or in the future. Rejection, 401. */
  | 'ERR_JWT_TOO_OLD'
  /** A registered claim has the wrong JSON type. Rejection, 401. */
  | 'ERR_JWT_CLAIM_TYPE'
  /** A configured or required claim is absent. Rejection, 401. */
  | 'ERR_JWT_CLAIM_MISSING'
  /** `iss` is not accepted. Rejection, 401. */
  | 'ERR_JWT_ISSUER'
  /** No member of `aud` is accepted. Rejection, 401. */
  | 'ERR_JWT_AUDIENCE'
  /** `sub` is not accepted. Rejection, 401. */
  | 'ERR_JWT_SUBJECT'
  /** The header's `typ` is not accepted. Rejection, 401. */
  | 'ERR_JWT_TYP'
  /** `jti` is not accepted. Rejection, 401. */
  | 'ERR_JWT_ID'
  /** `nonce` is not accepted. Rejection, 401. */
  | 'ERR_JWT_NONCE'
  /** Too many tokens wait for a thread. Rejection, 503. */
  | 'ERR_JWT_BUSY'
  /** The token was revoked: itself, or by its subject, its session or its key. Rejection, 401. */
  | 'ERR_JWT_REVOKED'
  /** There is no room for another revocation, and none of those that are held has expired. Rejection, 503. */
  | 'ERR_REVOCATIONS_FULL'
  /** The revocations are out of step with other processes, and were told to refuse then. Rejection, 503. */
  | 'ERR_REVOCATIONS_UNAVAILABLE'
  /** The request presents its token in a way that cannot be read, such as twice. Rejection, 400. */
  | 'ERR_AUTH_REQUEST'
  /** The refresh token is not one of ours, or is no longer known. Rejection, 401. */
  | 'ERR_REFRESH_TOKENS_INVALID'
  /** The refresh token was not used for `idleSeconds`, or its family is over. Rejection, 401. */
  | 'ERR_REFRESH_TOKENS_EXPIRED'
  /** The refresh token had been replaced: past the grace window, its family is revoked. Rejection, 401. */
  | 'ERR_REFRESH_TOKENS_REUSED'
  /** The refresh token's family was revoked. Rejection, 401. */
  | 'ERR_REFRESH_TOKENS_REVOKED'
  /** There are `maxFamilies` living families in memory. Rejection, 503. */
  | 'ERR_REFRESH_TOKENS_FULL'
  /** The token is good and lacks the scope or role, or the check said no. Rejection, 403. */
  | 'ERR_AUTH_FORBIDDEN'
  /** The token is in a cookie, and another site may have caused the request. Rejection, 403. */
  | 'ERR_CSRF_CROSS_SITE'
  /** There are no keys to verify with: their endpoint was never reached, or not for too long. Rejection, 503. */
  | 'ERR_JWT_KEYS_UNAVAILABLE'
  /** The password is not well-formed text, or is longer than can be accepted. Rejection, 400. */
  | 'ERR_PASSWORD_INPUT'
  /** The stored hash is not of a kind that can be verified. Rejection, 500. */
  | 'ERR_PASSWORD_HASH_MALFORMED'
  /** The stored hash asks for more memory or passes than the ceiling allows. Rejection, 500. */
  | 'ERR_PASSWORD_HASH_COSTLY'
  /** The queue of the password pool is full. Rejection, 503. */
  | 'ERR_PASSWORD_BUSY'
  /** The password pool was closed. Rejection, 503. */
  | 'ERR_PASSWORD_CLOSED'
  /** There is not enough memory for a hash. Rejection, 503. */
  | 'ERR_PASSWORD_MEMORY'
  /** The system has no randomness for a salt. Rejection, 500. */
  | 'ERR_PASSWORD_SALT'
  /** The client has used up its limit. `rateLimit` answers this itself; a `handler` of yours may raise it. Rejection, 429. */
  | 'ERR_RATE_LIMIT_EXCEEDED'
  /** The body is not JSON. Rejection, 400. */
  | 'ERR_INPUT_SYNTAX'
  /** The body is not UTF-8. Rejection, 400. */
  | 'ERR_INPUT_UTF8'
  /** The body starts with a byte order mark. Rejection, 400. */
  | 'ERR_INPUT_BOM'
  /** A string of the body holds half a surrogate pair. Rejection, 400. */
  | 'ERR_INPUT_SURROGATE'
  /** The body has more bytes than `limit`. Rejection, 413. */
  | 'ERR_INPUT_TOO_LARGE'
  /** The body is nested too deeply. Rejection, 400. */
  | 'ERR_INPUT_DEPTH'
  /** The body has too many keys. Rejection, 400. */
  | 'ERR_INPUT_KEYS'
  /** A key of the body is too long. Rejection, 400. */
  | 'ERR_INPUT_KEY_LENGTH'
  /** A key of the body starts with `$`, as a query operator does. Rejection, 400. */
  | 'ERR_INPUT_OPERATOR_KEY'
  /** A key of the body holds a dot, as a query path does. Rejection, 400. */
  | 'ERR_INPUT_DOTTED_KEY'
  /** A key of the body would reach an object's prototype. Rejection, 400. */
  | 'ERR_INPUT_PROTOTYPE_KEY'
  /** A key stands twice in one object. Rejection, 400. */
  | 'ERR_INPUT_DUPLICATE_KEY'
  /** A number of the body is outside what a double can hold. Rejection, 400. */
  | 'ERR_INPUT_NUMBER'
  /** The body is declared in another charset than UTF-8. Rejection, 415. */
  | 'ERR_INPUT_CHARSET'
  /** The body is compressed in a way that is not supported. Rejection, 415. */
  | 'ERR_INPUT_ENCODING'
  /** The compressed body is damaged. Rejection, 400. */
  | 'ERR_INPUT_INFLATE'
  /** The body is not as long as `Content-Length` said. Rejection, 400. */
  | 'ERR_INPUT_LENGTH'
  /** The client went away while it sent the body. Rejection, 400. */
  | 'ERR_INPUT_ABORTED'
  /** The body had been read before, or its stream failed. Rejection, 500. */
  | 'ERR_INPUT_STREAM'
  /** The origin is not allowed. Rejection, 403. */
  | 'ERR_CORS_ORIGIN'
  /** The request did not come over HTTPS. Rejection, 403. */
  | 'ERR_HTTPS_REQUIRED'
  /** The `Host` of the request cannot be redirected to. Rejection, 400. */
  | 'ERR_HTTPS_HOST'
  /** Redis could not be reached, refused the command, or did not answer within `deadlineMs`. Rejection, 503. */
  | 'ERR_REDIS_UNAVAILABLE'
  /** A fault inside Portcullis was caught; the process is unharmed. Rejection, 500. */
  | 'ERR_INTERNAL'
  /** A JWT option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_JWT_OPTION'
  /** A JWT option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_JWT_OPTION_RANGE'
  /** The key cannot do this work safely, such as an empty or short secret. Misuse, `TypeError`. */
  | 'ERR_JWT_KEY'
  /** No configured algorithm fits the key. Misuse, `TypeError`. */
  | 'ERR_JWT_KEY_ALGORITHM'
  /** The claims to sign are not acceptable. Misuse, `TypeError`. */
  | 'ERR_JWT_CLAIMS'
  /** What is to be revoked cannot be named, such as a token without `jti`. Misuse, `TypeError`. */
  | 'ERR_REVOCATIONS_TARGET'
  /** Revocations of this name exist with other options. Misuse, `TypeError`. */
  | 'ERR_REVOCATIONS_CONFLICT'
  /** The token does not fit in a cookie: not text of a cookie's characters, or above 4,096 bytes with the name. Misuse, `TypeError`. */
  | 'ERR_AUTH_COOKIE'
  | 'ERR_AUTH_OPTION'
  | 'ERR_AUTH_OPTION_RANGE'
  | 'ERR_REVOCATIONS_OPTION'
  | 'ERR_REVOCATIONS_OPTION_RANGE'
  | 'ERR_REFRESH_TOKENS_OPTION'
  | 'ERR_REFRESH_TOKENS_OPTION_RANGE'
  /** A password option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_PASSWORD_OPTION'
  /** A password option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_PASSWORD_OPTION_RANGE'
  /** A rate-limit option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_OPTION'
  /** A rate-limit option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_RATE_LIMIT_OPTION_RANGE'
  /** The key of a request is not a usable string. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_KEY'
  /** The cost of a request is not a usable number. Misuse, `RangeError`. */
  | 'ERR_RATE_LIMIT_COST'
  /** A shared limiter of this name exists with other options. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_CONFLICT'
  /** A body option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_INPUT_OPTION'
  /** A body option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_INPUT_OPTION_RANGE'
  /** The value to escape cannot be escaped. Misuse, `TypeError`. */
  | 'ERR_ESCAPE_INPUT'
  /** An option of `securityHeaders` is wrong. Misuse, `TypeError`. */
  | 'ERR_HEADERS_OPTION'
  /** An option of `cors` is wrong. Misuse, `TypeError`. */
  | 'ERR_CORS_OPTION'
  /** An option of `cors` is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_CORS_OPTION_RANGE'
  /** An option of `httpsOnly` is wrong. Misuse, `TypeError`. */
  | 'ERR_HTTPS_OPTION'
  /** An option of `errorHandler` is wrong. Misuse, `TypeError`. */
  | 'ERR_ERROR_HANDLER_OPTION'
  /** An option of `harden` is wrong. Misuse, `TypeError`. */
  | 'ERR_HARDEN_OPTION'
  /** An option of `RedisStore` has the wrong type, or is no client of one server. Misuse, `TypeError`. */
  | 'ERR_REDIS_OPTION'
  /** An option of `RedisStore` is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_REDIS_OPTION_RANGE'
  /** The native addon is missing or unfit for this platform; the message says what to install. Thrown by `require`. */
  | 'ERR_NATIVE_LOAD'
  /** The native addon is of another version than the package. Thrown by `require`. */
  | 'ERR_NATIVE_VERSION';

/**
 * A request that was refused. Middleware hands it to `next`; `errorHandler` answers it as RFC 9457 problem details.
 *
 * The message is for logs. It never holds a token, a key, a password or input, and `expose` keeps it from clients: what a
 * client reads is the status and its title, and every refused token looks alike.
 */
export class PortcullisError extends Error {
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown });
  readonly name: 'PortcullisError';
  /** What was refused and why. */
  code: ErrorCode;
  /** The HTTP status to answer with: 400 to 503, 500 for a code that is no rejection. */
  status: number;
  /** The same as `status`, under the name that other handlers read. */
  statusCode: number;
  /** Always false: the message is not for clients. */
  expose: false;
}
