'use strict';

const { PortcullisError } = require('./lib/errors');
const { createSigner, createVerifier, decode } = require('./lib/jwt');
const { createKeyRing } = require('./lib/jwt/key-ring');
const { authenticate } = require('./lib/authenticate');
const { tokenCookie } = require('./lib/authenticate/token-cookie');
const { authorize } = require('./lib/authorize');
const { createPasswords } = require('./lib/password');
const { addressKey, createLimiter, rateLimit } = require('./lib/rate-limit');
const { json } = require('./lib/json');
const { escapeHtml } = require('./lib/escape');
const { securityHeaders } = require('./lib/headers');
const { cors } = require('./lib/cors');
const { httpsOnly } = require('./lib/https');
const { errorHandler } = require('./lib/error-handler');
const { harden } = require('./lib/harden');

module.exports = {
  PortcullisError,
  addressKey,
  authenticate,
  authorize,
  cors,
  createKeyRing,
  createLimiter,
  createPasswords,
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
