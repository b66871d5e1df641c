// @ts-check
'use strict';

const { addressKey } = require('./rate-limit/address');
const { createLimiter } = require('./rate-limit/limiter');
const { rateLimit } = require('./rate-limit/middleware');

module.exports = { addressKey, createLimiter, rateLimit };
