// @ts-check
'use strict';

// Names of jsonwebtoken, express-jwt, jwks-rsa, fast-jwt, jose, passport-jwt, express-jwt-authz and of cookies.

const VERIFIER = {
  'secret secretOrKey secretOrPublicKey publicKey pem': 'use `key`',
  'secretOrKeyProvider getKey': 'use `keys` or `jwks`',
  'jwksUri jwksUrl jwks_uri': 'use `jwks` with the URL',
  'jwksRequestsPerMinute rateLimit': 'use `jwks.cooldownMs`, the shortest time between two fetches',
  cacheMaxAge: 'use `jwks.freshForMs`, in milliseconds',
  cacheMaxEntries: 'use `jwks.maxKeys`',
  'requestHeaders requestAgent fetcher': 'use `jwks.headers` or `jwks.fetch`',
  timeout: 'use `jwks.timeoutMs`, in milliseconds',
  'jwtid jti allowedJti': 'use `jwtId`',
  'iss issuers allowedIss': 'use `issuer`',
  'aud audiences allowedAud': 'use `audience`',
  'sub allowedSub': 'use `subject`',
  allowedNonce: 'use `nonce`',
  checkTyp: 'use `typ`',
  'ignoreExpiration ignoreNotBefore':
    'tokens outside their time are always rejected; decode() reads one without verifying it',
  complete: 'verify() returns the claims; decode() returns the header as well',
  clockTolerance: 'use `clockToleranceSeconds`, in seconds',
  'maxAge maxTokenAge': 'use `maxAgeSeconds`, in seconds',
  'clockTimestamp currentDate': 'use `clock`, a function that returns milliseconds',
  allowInvalidAsymmetricKeyTypes: 'remove it: a key must always fit the algorithm',
  'cacheTTL errorCacheTTL cacheKeyBuilder': 'use `cache.maxEntries`: a cached token expires with its claim exp',
  crit: 'remove it: a token with critical extensions is always rejected',
  isRevoked: 'use `revocations`',
  'expiresIn expiresInSeconds': 'pass `expiresInSeconds` to createSigner()',
  'notBefore noTimestamp': 'remove it: it belongs to signing',
  onExpired: 'remove it, and handle ERR_JWT_EXPIRED in your error handler',
};
const JWKS = {
  'jwksUri uri jwks_uri': 'use `url`',
  'cacheMaxAge cacheTTL': 'use `freshForMs`, in milliseconds',
  cacheMaxEntries: 'use `maxKeys`',
  'jwksRequestsPerMinute rateLimit cooldownDuration': 'use `cooldownMs`, the shortest time between two fetches',
  'timeout timeoutDuration': 'use `timeoutMs`, in milliseconds',
  requestHeaders: 'use `headers`',
  'fetcher agent requestAgent': 'use `fetch`',
};
const AUTHENTICATE = {
  credentialsRequired: 'use `optional: true`',
  'requestProperty resultProperty userProperty': 'remove it: the claims are in req.auth.claims',
  'jwtFromRequest tokenFrom': 'use `getToken`',
  'scope scopes permissions': 'use `authorize`, as in authorize: { scopes: [...] }',
  'role roles': 'use `authorize`, as in authorize: { roles: [...] }',
  check: 'use `authorize`, as in authorize: { check }',
};
const CLAIMS = {
  'notBefore nbf': 'pass nbf, in seconds, as a claim to sign()',
  'jwtid jwtId jti': 'pass jti as a claim to sign()',
  'subject sub': 'pass sub as a claim to sign()',
  nonce: 'pass nonce as a claim to sign()',
};
const SIGNER = {
  'secret secretOrPrivateKey privateKey': 'use `key`',
  'expiresIn expires exp maxAge': 'use `expiresInSeconds`, in seconds',
  ...CLAIMS,
  iss: 'use `issuer`',
  aud: 'use `audience`',
  'keyid kid': 'use `keyId`',
  'header typ': 'use `keyId`: no other header parameter can be set',
  noTimestamp: 'remove it: every token gets the claim iat',
  mutatePayload: 'remove it: sign() returns the token and never changes the claims object',
  'allowInsecureKeySizes allowInvalidAsymmetricKeyTypes': 'remove it: weak or unfit keys are always rejected',
  encoding: 'remove it: tokens are UTF-8',
  clockTimestamp: 'use `clock`, a function that returns milliseconds',
};
/** Options in place of claims. As claims they would mean nothing, and the token would never expire. */
const OVERRIDES = {
  expiresIn: 'pass `expiresInSeconds` to createSigner(), or write exp, in seconds',
  expiresInSeconds: 'pass `expiresInSeconds` to createSigner()',
  notBefore: 'write nbf, in seconds',
  issuer: 'pass `issuer` to createSigner(), or write iss',
  audience: 'pass `audience` to createSigner(), or write aud',
  subject: 'write sub',
  'jwtid jwtId': 'write jti',
  'keyid keyId': 'pass `keyId` to createSigner()',
  algorithm: 'pass `algorithm` to createSigner()',
  'noTimestamp mutatePayload allowInsecureKeySizes': 'remove it: it has no effect in a claim',
};
const EXPECTED = {
  'key keys secret algorithms algorithm issuer audience maxAge maxAgeSeconds clockTolerance clockTimestamp typ':
    'pass it to createVerifier()',
  jwtid: 'use `jwtId`',
  'ignoreExpiration ignoreNotBefore complete': VERIFIER['ignoreExpiration ignoreNotBefore'],
};

const KEY_RING = {
  'key keys privateKey secret': 'use `current` for the key that signs',
  'previousKeys oldKeys': 'use `previous`',
};
const TOKEN_COOKIE = {
  'maxAge expires ttl': 'use `maxAgeSeconds`, in seconds',
  'httpOnly secure path': 'remove it: it is always set',
  domain: 'remove it: a cookie for one host is the safe form',
  cookieName: 'use `name`',
  'signed keys secret overwrite': 'remove it: the token is already signed',
};
const AUTHORIZE = {
  'permissions permission': 'use `scopes` or `check`',
  'customScopeKey customUserKey': 'use `check`',
  'checkAllScopes failWithError': 'remove it: every scope of `scopes` is required',
};
const REVOCATIONS = {
  'ttl maxAge tokenLifetime expiresIn': 'use `tokenLifetimeSeconds`, in seconds',
  'max maxSize': 'use `maxEntries`',
  'client redis redisClient': 'use `store`, as in store: new RedisStore({ client, onFailure })',
  'prefix onFailure': 'pass it to RedisStore',
};
const REFRESH_TOKENS = {
  'expiresIn ttl maxAge refreshTokenLifetime': 'use `lifetimeSeconds`, in seconds',
  'idleTimeout idleMs': 'use `idleSeconds`, in seconds',
  'gracePeriod leeway reuseInterval': 'use `graceSeconds`, in seconds',
  'client redis redisClient': 'use `store`, as in store: new RedisStore({ client })',
  max: 'use `maxFamilies`',
  'secret key algorithm': 'remove it: refresh tokens are random, not signed',
};

module.exports = {
  authenticate: { ...VERIFIER, ...AUTHENTICATE },
  'authenticate: jwks': JWKS,
  authorize: AUTHORIZE,
  createKeyRing: KEY_RING,
  createRefreshTokens: REFRESH_TOKENS,
  createRevocations: REVOCATIONS,
  createSigner: SIGNER,
  createVerifier: VERIFIER,
  'createVerifier: jwks': JWKS,
  sign: OVERRIDES,
  tokenCookie: TOKEN_COOKIE,
  verify: EXPECTED,
};
