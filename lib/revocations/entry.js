// @ts-check
'use strict';

// An entry as the native side exports it, 24 bytes, and as Redis keeps it: the digest as text, and two numbers of seconds.

const ENTRY_BYTES = 24;
const DIGEST_BYTES = 16;
const EXPIRES_AT = 20;
const GREATEST = 2 ** 32 - 1;

const DIGEST = /^[\w-]{22}$/;
const TERM = /^(\d{1,10}) (\d{1,10})$/;

/** @typedef {[digest: string, before: string, expires: string]} Row */

/** @param {Buffer} entries whole ones @returns {Row[]} */
function toRows(entries) {
  return Array.from({ length: entries.length / ENTRY_BYTES }, (_, i) => {
    const entry = entries.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES);
    const digest = entry.subarray(0, DIGEST_BYTES).toString('base64url');
    return [digest, String(entry.readUInt32LE(DIGEST_BYTES)), String(entry.readUInt32LE(EXPIRES_AT))];
  });
}

/**
 * What other processes wrote. A damaged row is skipped, because it must not hide the others.
 * @param {unknown[]} cells digest and term in turn @returns {Buffer}
 */
function toEntries(cells) {
  const entries = Buffer.alloc(Math.floor(cells.length / 2) * ENTRY_BYTES);
  let length = 0;
  for (let i = 0; i + 1 < cells.length; i += 2) {
    if (writeEntry(entries.subarray(length, length + ENTRY_BYTES), cells[i], cells[i + 1])) length += ENTRY_BYTES;
  }
  return entries.subarray(0, length);
}

/** @param {Buffer} entry @param {unknown} digest @param {unknown} term */
function writeEntry(entry, digest, term) {
  if (typeof digest !== 'string' || typeof term !== 'string' || !DIGEST.test(digest)) return false;
  const [, before, expires] = (TERM.exec(term) ?? []).map(Number);
  if (before === undefined || expires === undefined || before > GREATEST || expires > GREATEST) return false;
  entry.write(digest, 'base64url');
  entry.writeUInt32LE(before, DIGEST_BYTES);
  entry.writeUInt32LE(expires, EXPIRES_AT);
  return true;
}

module.exports = { toEntries, toRows };
