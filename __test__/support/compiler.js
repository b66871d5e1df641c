// @ts-check
'use strict';

// What the compiler of TypeScript says of a project.

const { execFile } = require('node:child_process');
const { join } = require('node:path');
const { promisify } = require('node:util');

const { ROOT } = require('./pages');

const DEADLINE_MS = 60_000;

/** Empty where it ran and found nothing: one that does not start says so. @param {string} project @returns {Promise<string>} */
async function typeErrors(project) {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '--project', project], { timeout: DEADLINE_MS });
    return '';
  } catch (/** @type {any} */ error) {
    return `${error.stdout}${error.stderr}` || String(error);
  }
}

module.exports = { typeErrors };
