'use strict';

const { PortcullisError } = require('./lib/support/errors');
const { createKeyRing, createSigner, createVerifier, decode } = require('./lib/jwt');
const { authenticate, authorize, tokenCookie } = require('./lib/auth');
const { createRevocations } = require('./lib/revocations');
const { createRefreshTokens } = require('./lib/refresh-tokens');
const { createPasswords } = require('./lib/password');
const { addressKey, createLimiter, rateLimit } = require('./lib/rate-limit');
const { json } = require('./lib/input');
const { standardSchema, validate } = require('./lib/validate');
const { escapeHtml } = require('./lib/escape');
const { securityHeaders } = require('./lib/headers');
const { cors } = require('./lib/cors');
const { csrf } = require('./lib/csrf');
const { httpsOnly } = require('./lib/https');
const { errorHandler } = require('./lib/error-handler');
const { RedisStore } = require('./lib/redis');
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
  csrf,
  decode,
  errorHandler,
  escapeHtml,
  harden,
  httpsOnly,
  json,
  rateLimit,
  securityHeaders,
  standardSchema,
  tokenCookie,
  validate,
};
