// @ts-check
'use strict';

// What Redis keeps of one table, in four keys with one hash tag:
//
//   meta    epoch: a random name for this set of data, missing when the server comes back empty; born: when it was made,
//           in seconds; seq: the number of the last entry
//   log     each entry's digest by its number, for processes that catch up
//   terms   each entry's digest with "before expires"
//   expiry  each entry's digest by the second from which it is not needed
//
// Numbers are taken from the server's clock, in microseconds. A replica that replaces a dead primary may not have its last
// entries; if it counted on from its own last number, it would give their numbers to other entries, and processes that had
// read the lost ones would never read those.
//
// Both scripts may run twice, and late: an entry that is there already changes nothing.

// An entry is removed only when the clocks of the server and of the process agree that it has expired: neither of them
// alone can make the others forget. At most 100 at once, so that no script takes long.
const PRELUDE = `
local meta, log, terms, expiry = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local time = redis.call('TIME')
local epoch = redis.call('HGET', meta, 'epoch')
if not epoch then
  epoch = ARGV[1]
  redis.call('HSET', meta, 'epoch', epoch)
  redis.call('HSET', meta, 'born', time[1])
end
local now = string.format('%.0f', math.min(tonumber(time[1]), tonumber(ARGV[2])))
for _, digest in ipairs(redis.call('ZRANGEBYSCORE', expiry, '-inf', now, 'LIMIT', 0, 100)) do
  redis.call('ZREM', log, digest)
  redis.call('HDEL', terms, digest)
  redis.call('ZREM', expiry, digest)
end
`;

/** ARGV: epoch for an empty server, now, the greatest known number, the maximum number of entries. */
const READ = `${PRELUDE}
local digests = redis.call('ZRANGEBYSCORE', log, '(' .. ARGV[3], '+inf', 'LIMIT', 0, ARGV[4])
local seq = redis.call('HGET', meta, 'seq') or '0'
local count = #digests
local reply = { epoch, tostring(time[1] - (redis.call('HGET', meta, 'born') or 0)), seq, seq }
if count > 0 then
  if count == tonumber(ARGV[4]) then reply[4] = redis.call('ZSCORE', log, digests[count]) end
  local found = redis.call('HMGET', terms, unpack(digests))
  for i = 1, count do
    reply[#reply + 1] = digests[i]
    reply[#reply + 1] = found[i] or ''
  end
end
return reply
`;

/** ARGV: epoch for an empty server, now, the channel, then digest, before and expires of each entry. */
const WRITE = `${PRELUDE}
local clock = time[1] * 1000000 + time[2]
local seq
for i = 4, #ARGV, 3 do
  local digest, before, expires = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local old = redis.call('HGET', terms, digest) or '0 0'
  local oldBefore, oldExpires = string.match(old, '^(%d+) (%d+)$')
  before = math.max(before, tonumber(oldBefore or 0))
  expires = math.max(expires, tonumber(oldExpires or 0))
  local term = string.format('%.0f %.0f', before, expires)
  if term ~= old then
    seq = math.max(tonumber(seq or redis.call('HGET', meta, 'seq') or 0) or 0, clock) + 1
    redis.call('HSET', meta, 'seq', string.format('%.0f', seq))
    redis.call('HSET', terms, digest, term)
    redis.call('ZADD', log, string.format('%.0f', seq), digest)
    if expires < 4294967295 then
      redis.call('ZADD', expiry, string.format('%.0f', expires), digest)
    else
      redis.call('ZREM', expiry, digest)
    end
  end
end
if seq then redis.call('PUBLISH', ARGV[3], string.format('%.0f', seq)) end
return 1
`;

module.exports = { READ, WRITE };
