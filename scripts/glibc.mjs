// Which glibc an addon needs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { GLIBC } from './versions.mjs';

/** An addon names the version of every symbol of glibc that it needs. @param {string} addon its path */
export function checkGlibc(addon) {
  const [, newest] = GLIBC.split('.').map(Number);
  const needed = [...readFileSync(addon, 'latin1').matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
  assert.ok(needed.length > 0, 'the addon names no version of glibc');
  assert.ok(Math.max(...needed) <= newest, `the addon needs glibc 2.${Math.max(...needed)}; the bound is ${GLIBC}`);
}
