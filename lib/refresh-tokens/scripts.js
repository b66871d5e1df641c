// @ts-check
'use strict';

// The steps on a subject's families as Lua.

const { SHARED } = require('./lua');

// After the living families come, in the same list, those that have expired and those that were revoked. As many of them
// are kept as a subject may have families.
/** KEYS: subject. ARGV: id, hash, subject, data, expires, usable until, now, families per subject. */
const ISSUE = `${SHARED}
local id, hash, subject, data = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local expires, till, now, max = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
if redis.call('HEXISTS', key, id) == 1 then return 1 end
local living, dead = {}, {}
for _, f in ipairs(families()) do
  local list = (f.revoked or now >= f.till) and dead or living
  list[#list + 1] = f
end
for i = 1, #living + 1 - max do
  revoke(living[i].id, living[i])
  table.insert(dead, 1, living[i])
end
for i, f in ipairs(dead) do
  if i > max or f.till + HOUR <= now then redis.call('HDEL', key, f.id) end
end
redis.call('HSET', key, 's', subject)
local n = redis.call('HINCRBY', key, 'n', 1)
write(id, { n = n, issued = now, used = now, expires = expires, till = till, replaced = 0,
  current = hash, previous = '-', data = data })
keep(till, now)
return 1`;

// A client may send a script again. Nobody but this step knows the random successor: if it is there, the step was taken.
/** KEYS: subject. ARGV: id, hash, hash of the successor, now, idle time, grace time, maximum number of siblings. */
const ROTATE = `${SHARED}
local id, hash, successor = ARGV[1], ARGV[2], ARGV[3]
local now, idle, grace, siblings = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local found = redis.call('HMGET', key, 's', id)
local f = parse(found[2])
local function rotated() return { 'rotated', found[1], f.data, text(f.till) } end
if f and f.current and now < f.till and includes(f.current, successor) then return rotated() end
local verdict = judge(id, f, hash, now, grace)
if verdict == 'current' then
  f.previous, f.current, f.replaced = f.current, successor, now
elseif verdict == 'previous' then
  local _, count = string.gsub(f.current, '%x+', '')
  if count >= siblings then return { 'crowded' } end
  f.current = f.current .. ',' .. successor
else
  return { verdict, found[1] }
end
f.till = math.min(f.expires, now + idle)
f.used = now
write(id, f)
keep(f.till, now)
return rotated()`;

/** KEYS: subject. ARGV: id, now. */
const REVOKE_FAMILY = `${SHARED}
local f = parse(redis.call('HGET', key, ARGV[1]))
if not f or f.revoked then return 0 end
revoke(ARGV[1], f)
return tonumber(ARGV[2]) < f.till and 1 or 0`;

/** KEYS: subject. ARGV: now. */
const REVOKE_SUBJECT = `${SHARED}
return revokeAll(tonumber(ARGV[1]))`;

/** KEYS: subject. ARGV: id, hash or empty, now, grace time. */
const REVOKE_OTHERS = `${SHARED}
local now = tonumber(ARGV[3])
local found = redis.call('HMGET', key, 's', ARGV[1])
local verdict = judge(ARGV[1], parse(found[2]), ARGV[2], now, tonumber(ARGV[4]))
if verdict ~= 'current' and verdict ~= 'previous' then return { verdict, found[1] } end
return { 'revoked others', text(revokeAll(now, ARGV[1])) }`;

/** KEYS: subject. ARGV: now. */
const LIST = `${SHARED}
local reply = {}
for _, f in ipairs(families()) do
  if not f.revoked and tonumber(ARGV[1]) < f.till then
    reply[#reply + 1] = { f.id, text(f.issued), text(f.used), text(f.till), f.data }
  end
end
return reply`;

module.exports = { ISSUE, LIST, REVOKE_FAMILY, REVOKE_OTHERS, REVOKE_SUBJECT, ROTATE };
