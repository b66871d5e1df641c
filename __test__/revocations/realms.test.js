// @ts-check
'use strict';

// Test runners load the package several times, and replace the global timers.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const { createRevocations, createSigner, createVerifier } = require('../..');

const ROOT = join(__dirname, '../..');
const KEY = Buffer.alloc(32, 7);

/** A second copy of the JavaScript over the same addon, as Jest makes for each test file. @returns {typeof import('../..')} */
function anotherCopy() {
  const own = Object.keys(require.cache).filter(
    (path) => path.startsWith(join(ROOT, 'lib')) || path === require.resolve(ROOT),
  );
  const kept = own.map((path) => /** @type {const} */ ([path, require.cache[path]]));
  for (const [path] of kept) delete require.cache[path];
  const copy = require(ROOT);
  for (const [path, module] of kept) require.cache[path] = module;
  return copy;
}

describe('revocations of another realm', () => {
  it('are accepted by a verifier', () => {
    const other = anotherCopy();
    assert.notEqual(other.createVerifier, createVerifier);
    const revocations = other.createRevocations({ name: 'another realm' });
    const verifier = createVerifier({ key: KEY, algorithms: ['HS256'], revocations });
    const token = createSigner({ key: KEY, algorithm: 'HS256' }).sign({ jti: 'a' });
    verifier.verify(token);
    revocations.revokeId('a');
    assert.throws(() => verifier.verify(token), { code: 'ERR_JWT_REVOKED' });
  });

  it('are rejected when they are only an imitation', () => {
    const real = createRevocations({ name: 'imitated' });
    const brand = /** @type {symbol} */ (Object.getOwnPropertySymbols(Object.getPrototypeOf(real))[0]);
    for (const forged of [{}, { table: {} }, { [brand]: true }, { [brand]: true, table: { native: {} } }]) {
      const make = () => createVerifier({ key: KEY, algorithms: ['HS256'], revocations: /** @type {any} */ (forged) });
      assert.throws(make, { code: 'ERR_JWT_OPTION', message: /"revocations"/ });
    }
  });

  it('work with the timers of jsdom, whose handles are numbers', () => {
    const program = `
      require('node:timers').setInterval(() => {}, 1_000);
      globalThis.setTimeout = globalThis.setInterval = () => 7;
      globalThis.clearTimeout = globalThis.clearInterval = () => {};
      const { RedisStore, createRevocations } = require(${JSON.stringify(ROOT)});
      const client = { call: async () => {}, status: 'connecting', duplicate: () => client, on: () => client };
      const store = new RedisStore({ client, onFailure: 'open', deadlineMs: 20 });
      const revocations = createRevocations({ store, pollMs: 20, maxStaleMs: 40 });
      revocations.once('outOfStep', async () => {
        await revocations.close();
        console.log('done');
        process.exit();
      });`;
    assert.equal(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 20_000 }), 'done\n');
  });
});
