// @ts-check
'use strict';

// What `npm test` does where redis-server is missing: it installs it if it can, and says which of the two happened.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

/** A machine with these commands, where apt-get installs redis-server in the attempt of that number. */
function machine(/** @type {{ commands: string[], isRoot?: boolean, worksAt?: number }} */ options) {
  const { commands, isRoot = true, worksAt = Number.POSITIVE_INFINITY } = options;
  const ran = /** @type {string[]} */ ([]);
  const lines = /** @type {string[]} */ ([]);
  let attempts = 0;
  const run = (/** @type {string} */ command, /** @type {string[]} */ args) => {
    ran.push([command, args[0]].join(' '));
    if (args[0] !== 'install') return true;
    attempts += 1;
    if (attempts < worksAt) return false;
    commands.push('redis-server');
    return true;
  };
  const log = (/** @type {string} */ line) => lines.push(line);
  return { has: (/** @type {string} */ name) => commands.includes(name), isRoot: () => isRoot, run, log, ran, lines };
}

const ensureRedis = async (/** @type {ReturnType<typeof machine>} */ one) =>
  (await import('../../scripts/redis.mjs')).ensureRedis(one);

describe('redis-server for the tests', () => {
  it('is used silently where it is installed', async () => {
    const one = machine({ commands: ['redis-server', 'apt-get'] });
    assert.deepEqual([await ensureRedis(one), one.ran, one.lines], [true, [], []]);
  });

  it('is installed by root with apt-get, which is announced', async () => {
    const one = machine({ commands: ['apt-get'], worksAt: 1 });
    assert.deepEqual([await ensureRedis(one), one.ran], [true, ['apt-get install']]);
    assert.match(one.lines.join('\n'), /^> Installing redis-server with apt-get: .+$/);
  });

  it('is tried again after an update of the package lists', async () => {
    const one = machine({ commands: ['apt-get'], worksAt: 2 });
    assert.deepEqual(
      [await ensureRedis(one), one.ran],
      [true, ['apt-get install', 'apt-get update', 'apt-get install']],
    );
  });

  const OBSTACLES = [
    { name: 'without apt-get', options: { commands: [] }, reason: /no apt-get/, runs: 0 },
    { name: 'without root', options: { commands: ['apt-get'], isRoot: false }, reason: /only root/, runs: 0 },
    { name: 'when apt-get fails', options: { commands: ['apt-get'] }, reason: /apt-get could not install it/, runs: 3 },
  ];
  for (const { name, options, reason, runs } of OBSTACLES) {
    it(`is reported as missing ${name}, with the reason and what follows`, async () => {
      const one = machine(options);
      assert.deepEqual([await ensureRedis(one), one.ran.length], [false, runs]);
      assert.match(String(one.lines.at(-1)), reason);
      assert.match(String(one.lines.at(-1)), /suites that need it are skipped; install it to run them\.$/);
    });
  }
});
