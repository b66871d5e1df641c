'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const { describe, it } = require('node:test');
const { Worker } = require('node:worker_threads');

const { CODES } = require('../../lib/support/errors');
const native = require('../../lib/support/native');
const { createPasswords } = require('../../lib/password');

/** Dear enough that a job is still running when the next lines of a test run. */
const DEAR = { memoryKib: 64 * 1024, passes: 4, threads: 1 };

/** @param {string} code @param {number} status */
const refusal = (code, status) => ({ name: 'PortcullisError', code, status, expose: false });
const BUSY = refusal('ERR_PASSWORD_BUSY', 503);
const CLOSED = refusal('ERR_PASSWORD_CLOSED', 503);

describe('password: the pool', () => {
  it('refuses what finds the queue full, and finishes the rest in order', async () => {
    const passwords = createPasswords({ ...DEAR, maxQueue: 2 });
    /** @type {number[]} */
    const order = [];
    const accepted = [0, 1, 2].map((name) => passwords.hash('x').then(() => order.push(name)));
    await assert.rejects(passwords.hash('x'), BUSY);
    await assert.rejects(passwords.verify(null, 'x'), BUSY);
    assert.deepEqual(passwords.stats(), { threads: 1, active: 1, queued: 2, completed: 0, refused: 2, memoryKib: 0 });
    await Promise.all(accepted);
    assert.deepEqual(order, [0, 1, 2]);
    const { memoryKib, ...rest } = passwords.stats();
    assert.deepEqual(rest, { threads: 1, active: 0, queued: 0, completed: 3, refused: 2 });
    assert.equal(memoryKib, DEAR.memoryKib);
  });

  it('refuses while it is full or closed without reading the input', async () => {
    const pool = new native.Passwords({ ...DEAR, lanes: 1, maxQueue: 0, maxPasswordBytes: 64 });
    const ordinal = (/** @type {any} */ refusal) => refusal.ordinal ?? refusal;
    const codes = async () =>
      (await Promise.all([pool.hash('\ud800'), pool.verify('no hash', 'x')])).map((one) => CODES[ordinal(one)]);
    assert.deepEqual(await codes(), ['ERR_PASSWORD_INPUT', 'ERR_PASSWORD_HASH_MALFORMED']);
    const running = pool.hash('x');
    assert.deepEqual(await codes(), ['ERR_PASSWORD_BUSY', 'ERR_PASSWORD_BUSY']);
    await running;
    assert.deepEqual(await codes(), ['ERR_PASSWORD_INPUT', 'ERR_PASSWORD_HASH_MALFORMED']);
    pool.close();
    assert.deepEqual(await codes(), ['ERR_PASSWORD_CLOSED', 'ERR_PASSWORD_CLOSED']);
  });

  it('finishes what was accepted before close and refuses the rest', async () => {
    const passwords = createPasswords({ ...DEAR, maxQueue: 4 });
    const accepted = [passwords.hash('x'), passwords.hash('x')];
    passwords.close();
    passwords.close();
    await assert.rejects(passwords.hash('x'), CLOSED);
    await assert.rejects(passwords.verify(null, 'x'), CLOSED);
    for (const hash of await Promise.all(accepted)) assert.equal(passwords.needsRehash(hash), false);
  });

  it('leaves the event loop free', async () => {
    const passwords = createPasswords(DEAR);
    let turns = 0;
    const turn = setInterval(() => turns++, 1);
    await passwords.hash('x');
    clearInterval(turn);
    assert.ok(turns > 5, `${turns} turns`);
  });

  it('turns a panic into ERR_INTERNAL and keeps working', async () => {
    const cost = { memoryKib: 8, passes: 1, lanes: 1, threads: 1, maxQueue: 8, maxPasswordBytes: 64 };
    const pool = new native.Passwords(cost);
    for (let round = 0; round < 3; round++) {
      await assert.rejects(native.__panicInPool(pool), { code: 'ERR_INTERNAL' });
    }
    assert.equal(await pool.verify(await pool.hash('x'), 'x'), true);
    assert.equal(pool.stats().completed, 5);
  });

  it('survives workers that end with hashes in flight', async () => {
    const source = `
      const { parentPort } = require('node:worker_threads');
      const { createPasswords } = require(${JSON.stringify(require.resolve('../../lib/password'))});
      const passwords = createPasswords({ memoryKib: 1024, passes: 2, threads: 2 });
      for (let i = 0; i < 32; i++) passwords.hash('x').then(() => i === 0 && parentPort.postMessage('first'));
      parentPort.postMessage('begun');`;
    for (let round = 0; round < 8; round++) {
      const workers = [0, 1, 2].map(() => new Worker(source, { eval: true }));
      await Promise.all(workers.map((worker) => once(worker, 'message')));
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    const passwords = createPasswords({ memoryKib: 8, passes: 1 });
    assert.equal(await passwords.verify(await passwords.hash('x'), 'x'), true);
  });
});
