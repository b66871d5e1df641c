'use strict';

// A thread that ends with work in flight: it starts password hashes on the pool and waits for none of them.

const { parentPort, workerData } = require('node:worker_threads');
const { createPasswords, createSigner, createVerifier } = require('portcullis');

const KEY = 'a-secret-of-this-test-of-more-than-32-bytes';
const token = createSigner({ key: KEY, algorithm: 'HS256', expiresInSeconds: 60 }).sign({ sub: 'worker' });
const { sub } = createVerifier({ key: KEY, algorithms: ['HS256'] }).verify(token);
const passwords = createPasswords({ threads: 2 });
const hashes = Array.from({ length: 8 }, (_, i) => passwords.hash(`password ${i}`));

if (workerData === 'finishes') {
  Promise.all(hashes).then((all) => parentPort.postMessage({ sub, hashes: all.length }));
} else {
  for (const hash of hashes) hash.catch(() => {});
  parentPort.postMessage({ sub, hashes: 0 });
  if (workerData === 'exits') setImmediate(() => process.exit(0));
}
