'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { describe, it } = require('node:test');

const ROOT = join(__dirname, '../../..');
const DEADLINE_MS = 60_000;

const compile = (...args) =>
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args], {
    encoding: 'utf8',
    timeout: DEADLINE_MS,
  });

describe('dropins/jsonwebtoken, types', () => {
  it("compiles its test of types with jsonwebtoken's types in place of ours", () => {
    const project = join(__dirname, 'tsconfig.json');
    assert.match(compile('--project', project, '--listFilesOnly'), /@types\/jsonwebtoken\/index\.d\.ts/);
    assert.equal(compile('--project', project), '');
  });

  it('names every type and function of theirs in the test of types', () => {
    const theirs = readFileSync(join(ROOT, 'node_modules/@types/jsonwebtoken/index.d.ts'), 'utf8');
    const names = [...theirs.matchAll(/^export (?:class|interface|type|function) (\w+)/gm)].map(([, name]) => name);
    const uses = readFileSync(join(__dirname, '../../types/jsonwebtoken.ts'), 'utf8');
    assert.ok(names.length > 15);
    assert.deepEqual(
      [...new Set(names)].filter((name) => !new RegExp(`\\b${name}\\b`).test(uses)),
      [],
    );
  });
});
