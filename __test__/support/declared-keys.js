'use strict';

// Runs the scripts of a store under a stand-in for `redis.call` that refuses every key which is not in KEYS, and keys
// with different hash tags. A real server only refuses them in a cluster, and only some.

const { RedisStore } = require('../..');

const STAND_IN = `
local real = redis
local declared, tag = {}, nil
for _, key in ipairs(KEYS) do
  local one = string.match(key, '^[^{]*{([^}]+)}')
  if not one then error('no hash tag: ' .. key) end
  if tag and one ~= tag then error('another hash tag: ' .. key) end
  tag, declared[key] = one, true
end
local WITHOUT_KEY = { TIME = true, PUBLISH = true }
local WITH_KEY = { HGET = true, HSET = true, HMGET = true, HDEL = true, HGETALL = true, HEXISTS = true, HINCRBY = true,
  PTTL = true, PEXPIRE = true, ZADD = true, ZREM = true, ZSCORE = true, ZRANGEBYSCORE = true }
local redis = { call = function (name, ...)
  local key = ...
  if not WITHOUT_KEY[name] then
    if not WITH_KEY[name] then error('unknown command: ' .. name) end
    if not declared[key] then error('not in KEYS: ' .. tostring(key)) end
  end
  return real.call(name, ...)
end }
`;

/** @param {object} options of the store */
function strictStore(options) {
  const store = new RedisStore(options);
  const { script } = store;
  store.script = (lua, keys, args) => script.call(store, STAND_IN + lua, keys, args);
  return store;
}

module.exports = { strictStore };
