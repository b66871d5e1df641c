'use strict';

const { PortcullisError } = require('./lib/support/errors');
const { createKeyRing, createSigner, createVerifier, decode } = require('./lib/jwt');
const { authenticate, authorize, tokenCookie } = require('./lib/auth');
const { createRevocations } = require('./lib/revocations');
const { createRefreshTokens } = require('./lib/refresh-tokens');
const { createPasswords } = require('./lib/password');
const { addressKey, createLimiter, rateLimit } = require('./lib/rate-limit');
const { guard, json, parseJson, urlencoded } = require('./lib/input');
const { escapeAttribute, escapeCssString, escapeCsv, escapeHtml, escapeJsString, escapeLog } = require('./lib/escape');
const { escapeUnquotedAttribute, escapeUrlComponent, jsonForScript, safeUrl } = require('./lib/escape');
const { dangerouslyTrustHtml, html } = require('./lib/escape');
const { createSvgSanitizer, sanitizeSvg } = require('./lib/svg');
const { createPatterns, createThreatScanner, threats } = require('./lib/patterns');
const { standardSchema, validate } = require('./lib/validate');
const { createHtmlSanitizer, sanitizeHtml } = require('./lib/html');
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
  createHtmlSanitizer,
  createKeyRing,
  createLimiter,
  createPasswords,
  createPatterns,
  createRefreshTokens,
  createRevocations,
  createSigner,
  createSvgSanitizer,
  createThreatScanner,
  createVerifier,
  csrf,
  dangerouslyTrustHtml,
  decode,
  errorHandler,
  escapeAttribute,
  escapeCssString,
  escapeCsv,
  escapeHtml,
  escapeJsString,
  escapeLog,
  escapeUnquotedAttribute,
  escapeUrlComponent,
  guard,
  harden,
  html,
  httpsOnly,
  json,
  jsonForScript,
  parseJson,
  rateLimit,
  safeUrl,
  sanitizeHtml,
  sanitizeSvg,
  securityHeaders,
  standardSchema,
  threats,
  tokenCookie,
  urlencoded,
  validate,
};
