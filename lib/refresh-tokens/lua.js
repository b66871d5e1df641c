// @ts-check
'use strict';

// What the scripts share. All families of a subject are fields of one hash, the only key that a script
// touches, so that it is known before the script runs and has one place in a cluster:
//
//   s           the subject
//   n           how many families were issued, which numbers them
//   <id>        F number issued used expires usableUntil replaced current previous data
//               current and previous: the hashes of a generation, with commas between them, or -; data: JSON, or empty
//   <id>        R usableUntil                                          once the family was revoked
//
// Times are milliseconds since 1970 by the clock of the caller; only the key's lifetime depends on Redis's own clock.
// Comparing hashes with == takes constant time, because Lua compares strings by their address.

// Everything is kept an hour longer than the tokens live: then a token that has just expired is told from an unknown one,
// and a process whose clock is ahead removes nothing that is alive for another one.
const SHARED = `
local key = KEYS[1]
local HOUR = 3600000
local function text(number) return string.format('%.0f', number) end
local function parse(value)
  if not value then return nil end
  local n, issued, used, expires, till, replaced, current, previous, data =
    string.match(value, '^F (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) ([%x,]+) ([%x,-]+) (.*)$')
  if not n then return { revoked = true, till = tonumber(string.match(value, '^R (%d+)$') or 0) } end
  return { n = tonumber(n), issued = tonumber(issued), used = tonumber(used), expires = tonumber(expires),
    till = tonumber(till), replaced = tonumber(replaced), current = current, previous = previous, data = data }
end
local function write(id, f)
  local numbers = { text(f.n), text(f.issued), text(f.used), text(f.expires), text(f.till), text(f.replaced) }
  redis.call('HSET', key, id, table.concat({ 'F', table.concat(numbers, ' '), f.current, f.previous, f.data }, ' '))
end
local function revoke(id, f) redis.call('HSET', key, id, 'R ' .. text(f.till)) end
local function keep(till, now)
  local ttl = math.max(till - now, 0) + HOUR
  if redis.call('PTTL', key) < ttl then redis.call('PEXPIRE', key, text(ttl)) end
end
local function families()
  local cells, list = redis.call('HGETALL', key), {}
  for i = 1, #cells, 2 do
    if cells[i] ~= 's' and cells[i] ~= 'n' then
      local f = parse(cells[i + 1])
      f.id = cells[i]
      list[#list + 1] = f
    end
  end
  table.sort(list, function (a, b)
    if a.n and b.n then return a.n < b.n end
    if a.n or b.n then return not b.n end
    return a.till > b.till or (a.till == b.till and a.id < b.id)
  end)
  return list
end
local function revokeAll(now, kept)
  local count = 0
  for _, f in ipairs(families()) do
    if not f.revoked and f.id ~= kept then
      revoke(f.id, f)
      if now < f.till then count = count + 1 end
    end
  end
  return count
end
local function includes(list, hash)
  for one in string.gmatch(list, '%x+') do if one == hash then return true end end
  return false
end
local function judge(id, f, hash, now, grace)
  if not f then return 'invalid' end
  if f.revoked then return 'revoked' end
  if now >= f.till then return 'expired' end
  if hash == '' or includes(f.current, hash) then return 'current' end
  if includes(f.previous, hash) and math.abs(now - f.replaced) < grace then return 'previous' end
  revoke(id, f)
  return 'reused'
end
`;

module.exports = { SHARED };
