// @ts-check
'use strict';

// The steps on a family as Lua. A family is a hash:
//   s subject   d data (JSON, or empty)   k key of its subject's list   x end of the family   u end of its tokens
//   c hashes of the living generation     p those of the one before     r when that was replaced
// or, once it is revoked, a mark `v` alone. A subject's list is a sorted set of ids by the end of their tokens.
// Times are milliseconds since 1970 by the clock of the caller; only lifetimes of keys go by Redis's own clock.
// Hashes are compared with ==, which for Lua's strings is a comparison of two pointers: its time tells nothing.

// All is kept an hour longer than the tokens live: one that has just expired is told from one that never was, and a process
// whose clock is ahead drops nothing that is alive for another.
const SHARED = `
local function keep(key, ms)
  local ttl = math.max(ms, 0) + 3600000
  if redis.call('PTTL', key) < ttl then redis.call('PEXPIRE', key, string.format('%.0f', ttl)) end
end
local function revoke(key, id, now)
  local f = redis.call('HMGET', key, 'u', 'k')
  if not f[1] then return 0 end
  redis.call('DEL', key)
  redis.call('HSET', key, 'v', '1')
  keep(key, tonumber(f[1]) - now)
  redis.call('ZREM', f[2], id)
  return 1
end`;

/** KEYS: family, subject. ARGV: id, hash, subject, data, end of the family, end of the token, now. */
const ISSUE = `${SHARED}
local id, hash, subject, data, expires, till, now = unpack(ARGV)
redis.call('HSET', KEYS[1], 's', subject, 'd', data, 'k', KEYS[2], 'x', expires, 'u', till, 'c', hash, 'p', '', 'r', '0')
keep(KEYS[1], tonumber(till) - tonumber(now))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', tonumber(now) - 3600000))
redis.call('ZADD', KEYS[2], till, id)
keep(KEYS[2], tonumber(till) - tonumber(now))
return 1`;

/** KEYS: family. ARGV: id, hash, hash of the successor, now, idle time, grace time, greatest number of siblings. */
const ROTATE = `${SHARED}
local function includes(list, hash)
  for one in string.gmatch(list, '%x+') do if one == hash then return true end end
  return false
end
local id, hash, successor = ARGV[1], ARGV[2], ARGV[3]
local now, idle, grace, siblings = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local f = redis.call('HMGET', KEYS[1], 'v', 's', 'd', 'k', 'x', 'u', 'c', 'p', 'r')
if f[1] then return {'revoked'} end
if not f[2] then return {'invalid'} end
if now >= tonumber(f[6]) then return {'expired'} end
if includes(f[7], hash) then
  redis.call('HSET', KEYS[1], 'c', successor, 'p', f[7], 'r', ARGV[4])
elseif includes(f[8], hash) and math.abs(now - tonumber(f[9])) < grace then
  local _, count = string.gsub(f[7], '%x+', '')
  if count >= siblings then return {'crowded'} end
  redis.call('HSET', KEYS[1], 'c', f[7] .. ',' .. successor)
else
  revoke(KEYS[1], id, now)
  return {'reused', f[2]}
end
local till = string.format('%.0f', math.min(tonumber(f[5]), now + idle))
redis.call('HSET', KEYS[1], 'u', till)
redis.call('ZADD', f[4], till, id)
keep(KEYS[1], tonumber(till) - now)
keep(f[4], tonumber(till) - now)
return {'rotated', f[2], f[3], till}`;

/** KEYS: family. ARGV: id, now. */
const REVOKE_FAMILY = `${SHARED}
return revoke(KEYS[1], ARGV[1], tonumber(ARGV[2]))`;

/** KEYS: subject. ARGV: what the keys of families start with, now. */
const REVOKE_SUBJECT = `${SHARED}
local count = 0
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  count = count + revoke(ARGV[1] .. id, id, tonumber(ARGV[2]))
end
redis.call('DEL', KEYS[1])
return count`;

module.exports = { ISSUE, REVOKE_FAMILY, REVOKE_SUBJECT, ROTATE };
