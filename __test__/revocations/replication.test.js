'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { Replication } = require('../../lib/revocations/replication');

const MAX_UNSENT = 10_000;

/** A log whose writes end when the test ends them. */
function slowLog() {
  const written = [];
  const writes = [];
  return {
    written,
    writes,
    read: async () => ({ epoch: 'one', ageSeconds: 60, seq: 0, next: 0, entries: Buffer.alloc(0) }),
    listen: () => () => {},
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

describe('revocations replication', () => {
  it('sends everything again when too much is unsent, including entries added meanwhile', async (t) => {
    const log = slowLog();
    const parts = [Buffer.from('part 0')];
    const table = { merge() {}, export: (part) => parts[part] ?? null };
    const replication = new Replication(log, table, { pollMs: 10, maxStaleMs: 20 }, () => {});
    t.after(() => replication.close());
    await endWrites(log, (write) => write.resolve());
    const refill = log.writes.find(({ entries }) => entries.equals(parts[0]));
    assert.ok(refill, 'the first read of the server sends the whole table');
    log.writes.length = 0;
    const late = Buffer.from('late');
    for (let i = 0; i <= MAX_UNSENT; i += 1) replication.push(i < MAX_UNSENT ? Buffer.alloc(0) : late).catch(() => {});
    parts[0] = late;
    await endWrites(log, (write) => write.reject(new Error('down')));
    refill.resolve();
    for (let round = 0; round < 20 && !log.written.some((entries) => entries.equals(late)); round += 1) {
      await endWrites(log, (write) => write.resolve());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.ok(log.written.some((entries) => entries.equals(late)));
  });

  it('sends again what was written shortly before a failure, because a dead primary may have lost it', async (t) => {
    const log = slowLog();
    const table = { merge() {}, export: () => null };
    let isDown = false;
    log.read = async () => {
      if (isDown) throw new Error('down');
      return { epoch: 'one', ageSeconds: 60, seq: 0, next: 0, entries: Buffer.alloc(0) };
    };
    const replication = new Replication(log, table, { pollMs: 10, maxStaleMs: 20 }, () => {});
    t.after(() => replication.close());
    await endWrites(log, (write) => write.resolve());
    const entry = Buffer.from('confirmed');
    const pushed = replication.push(entry);
    await endWrites(log, (write) => write.resolve());
    await pushed;
    const count = () => log.written.filter((entries) => entries.includes(entry)).length;
    assert.equal(count(), 1);
    const rounds = async () => {
      for (let round = 0; round < 5; round += 1) {
        await endWrites(log, (write) => write.resolve());
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await rounds();
    assert.equal(count(), 1, 'it was sent again without a failure');
    isDown = true;
    await rounds();
    isDown = false;
    const sent = count();
    await rounds();
    assert.ok(count() > 1 && count() <= sent + 1);
  });
});
