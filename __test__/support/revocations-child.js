// @ts-check
'use strict';

// Another process for revocations/redis.test.js: reports when it is ready, and when it knows what its parent revoked.

const { setTimeout: sleep } = require('node:timers/promises');

const { CLIENTS } = require('./redis-clients');
const { RedisStore, createRevocations } = require('../..');

async function main([name, port] = process.argv.slice(2)) {
  const client = await CLIENTS.find((one) => one.name === name)?.connect([Number(port)]);
  const store = new RedisStore({ client, onFailure: 'closed' });
  const revocations = createRevocations({ store, pollMs: 100, maxStaleMs: 1_000 });
  await revocations.ready();
  process.send?.('ready');
  while (!revocations.isRevoked({ jti: 'for the child' })) await sleep(10);
  process.send?.('revoked');
  await revocations.revokeSession('of the child');
}

main();
