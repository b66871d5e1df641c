// @ts-check
'use strict';

// The versions that a checkout needs, which the shell script states once more, because it runs before there is a Node.js.

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { it } = require('node:test');

it('.ci/run asks for the versions of scripts/requirements.mjs', async () => {
  const { MIN_NODE_MAJOR, MIN_RUST_MINOR } = await import('../../scripts/requirements.mjs');
  const script = readFileSync(join(__dirname, '../../.ci/run'), 'utf8');
  const stated = (/** @type {string} */ name) => Number(new RegExp(`^readonly ${name}=(\\d+)$`, 'm').exec(script)?.[1]);
  assert.deepEqual([stated('MIN_NODE'), stated('MIN_RUST')], [MIN_NODE_MAJOR, MIN_RUST_MINOR]);
});
