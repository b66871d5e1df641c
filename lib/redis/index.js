// @ts-check
'use strict';

const { RedisStore } = require('./store');

module.exports = { RedisStore };
