'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { Feed } = require('../../lib/revocations/feed');

const MAX_UNSENT = 10_000;

/** A log whose writes wait until they are told how they end. */
function slowLog() {
  const written = [];
  const writes = [];
  return {
    written,
    writes,
    read: async () => ({ epoch: 'one', ageSeconds: 60, seq: 0, next: 0, entries: Buffer.alloc(0) }),
    listen: async () => async () => {},
    write(entries) {
      return new Promise((resolve, reject) => {
        writes.push({ entries, resolve: () => resolve(void written.push(entries)), reject });
      });
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @param {ReturnType<typeof slowLog>} log @param {(write: any) => void} end */
async function endWrites(log, end) {
  await settled();
  for (const write of log.writes.splice(0)) end(write);
  await settled();
}

describe('revocations feed', () => {
  it('sends again what came while all was sent again, once too much is unsent', async (t) => {
    const log = slowLog();
    const parts = [Buffer.from('part 0')];
    const table = { merge() {}, export: (part) => parts[part] ?? null };
    const feed = new Feed(log, table, { pollMs: 10, maxStaleMs: 20 }, () => {});
    t.after(() => feed.close());
    await endWrites(log, (write) => write.resolve());
    const refill = log.writes.find(({ entries }) => entries.equals(parts[0]));
    assert.ok(refill, 'the first look at the server sends all again');
    log.writes.length = 0;
    const late = Buffer.from('late');
    for (let i = 0; i <= MAX_UNSENT; i += 1) feed.push(i < MAX_UNSENT ? Buffer.alloc(0) : late).catch(() => {});
    parts[0] = late;
    await endWrites(log, (write) => write.reject(new Error('down')));
    refill.resolve();
    for (let round = 0; round < 20 && !log.written.some((entries) => entries.equals(late)); round += 1) {
      await endWrites(log, (write) => write.resolve());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.ok(log.written.some((entries) => entries.equals(late)));
  });
});
