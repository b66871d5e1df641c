// @ts-check
'use strict';

const { addressKey } = require('./address');
const { createLimiter } = require('./limiter');
const { rateLimit } = require('./middleware');

module.exports = { addressKey, createLimiter, rateLimit };
