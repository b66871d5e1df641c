'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { describe, it } = require('node:test');

const ROOT = join(__dirname, '../../..');
const DEADLINE_MS = 60_000;

const compile = (...args) =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args], {
    encoding: 'utf8',
    timeout: DEADLINE_MS,
  }).stdout;

describe('dropins/express-mongo-sanitize, types', () => {
  it("compiles its test of types with the original's types in place of ours", () => {
    const project = join(__dirname, 'tsconfig.json');
    assert.match(
      compile('--project', project, '--listFilesOnly'),
      /node_modules\/express-mongo-sanitize\/index\.d\.ts/,
    );
    assert.equal(compile('--project', project), '');
  });
});
