// @ts-check
'use strict';

const { RedisStore, isRedisStore } = require('./store');

module.exports = { RedisStore, isRedisStore };
