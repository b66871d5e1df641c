// Argon2id at the cost that OWASP recommends. Salts differ from call to call, so equality means that every library
// accepts what every other one wrote. Elapsed times count, because threads share the work and a user waits for all of it.
import assert from 'node:assert/strict';
import argon2 from 'argon2';
import nodeRs from '@node-rs/argon2';
import portcullis from '../lib/password/index.js';
import { nodeArgon2 } from './support/argon2.mjs';

const PASSWORD = 'correct horse battery staple';
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };
/** Four log-ins at once keep each library's own threads busy. */
const BURST = 4;

export async function cases() {
  const passwords = portcullis.createPasswords();
  const stored = await passwords.hash(PASSWORD);
  const node = nodeArgon2(COST);
  const foreign = await argon2.hash(PASSWORD, COST);
  return [
    {
      name: 'hash, 19 MiB, 2 passes',
      target: '<= 0.45 of argon2, <= 0.9 of @node-rs/argon2',
      subjects: {
        portcullis: () => passwords.hash(PASSWORD),
        argon2: () => argon2.hash(PASSWORD, COST),
        '@node-rs/argon2': () => nodeRs.hash(PASSWORD, COST),
        ...(node && { 'node:crypto argon2': () => node.hash(PASSWORD) }),
      },
      clock: 'elapsed',
      equal: assertHashesOfTheSame,
    },
    {
      name: 'verify, 19 MiB, 2 passes',
      subjects: {
        portcullis: () => passwords.verify(stored, PASSWORD),
        argon2: () => argon2.verify(stored, PASSWORD),
        '@node-rs/argon2': () => nodeRs.verify(stored, PASSWORD),
        ...(node && { 'node:crypto argon2': () => node.verify(stored, PASSWORD) }),
      },
      clock: 'elapsed',
    },
    {
      name: `${BURST} verifications at once`,
      subjects: {
        portcullis: () => burst(() => passwords.verify(stored, PASSWORD)),
        argon2: () => burst(() => argon2.verify(stored, PASSWORD)),
        '@node-rs/argon2': () => burst(() => nodeRs.verify(stored, PASSWORD)),
        ...(node && { 'node:crypto argon2': () => burst(() => node.verify(stored, PASSWORD)) }),
      },
      clock: 'elapsed',
    },
    {
      name: 'needsRehash of a hash that another library wrote',
      subjects: {
        portcullis: () => passwords.needsRehash(foreign),
        argon2: () => argon2.needsRehash(foreign, COST),
      },
      teardown: () => passwords.close(),
    },
  ];
}

const burst = (work) => Promise.all(Array.from({ length: BURST }, work));

/** Costs must be the same, and all three must verify both; a fixed-salt tag would test no more. */
function assertHashesOfTheSame(actual, expected) {
  for (const hash of [actual, expected]) {
    const [, variant, version, cost] = hash.split('$');
    assert.deepEqual([variant, version, cost.split(',').sort()], ['argon2id', 'v=19', ['m=19456', 'p=1', 't=2']]);
    assert.equal(nodeRs.verifySync(hash, PASSWORD), true);
  }
}
