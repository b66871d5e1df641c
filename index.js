'use strict';

const { PortcullisError } = require('./lib/errors');
const { createSigner, createVerifier, decode } = require('./lib/jwt');
const { createKeyRing } = require('./lib/jwt/key-ring');
const { createRevocations } = require('./lib/revocations');
const { authenticate } = require('./lib/authenticate');
const { tokenCookie } = require('./lib/authenticate/token-cookie');
const { authorize } = require('./lib/authorize');
const { createRefreshTokens } = require('./lib/refresh-tokens');
const { createPasswords } = require('./lib/password');
const { addressKey, createLimiter, rateLimit } = require('./lib/rate-limit');
const { json } = require('./lib/json');
const { escapeHtml } = require('./lib/escape');
const { securityHeaders } = require('./lib/headers');
const { cors } = require('./lib/cors');
const { httpsOnly } = require('./lib/https');
const { errorHandler } = require('./lib/error-handler');
const { RedisStore } = require('./lib/redis-store');
const { harden } = require('./lib/harden');

module.exports = {
  PortcullisError,
  RedisStore,
  addressKey,
  authenticate,
  authorize,
  cors,
  createKeyRing,
  createLimiter,
  createPasswords,
  createRevocations,
  createRefreshTokens,
  createSigner,
  createVerifier,
  decode,
  errorHandler,
  escapeHtml,
  harden,
  httpsOnly,
  json,
  rateLimit,
  securityHeaders,
  tokenCookie,
};
