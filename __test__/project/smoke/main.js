'use strict';

// Runs on any runtime and says which checks passed. It ends while hashes are in flight, and must not crash by that.

const { createPasswords } = require('portcullis');

const { inProcess } = require('./in-process');
const { overHttp } = require('./over-http');

const counts = { passed: 0, failed: 0 };

async function check(name, work) {
  try {
    await work();
    counts.passed += 1;
    console.log(`pass  ${name}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL  ${name}: ${error?.stack ?? error}`);
  }
}

async function main() {
  const { checks, close } = await overHttp();
  for (const [name, work] of Object.entries({ ...checks, ...inProcess })) await check(name, work);
  await check('close', close);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  const passwords = createPasswords();
  for (let i = 0; i < 8; i++) passwords.hash(`password ${i}`).catch(() => {});
  process.exit(counts.failed > 0 ? 1 : 0);
}

main();
