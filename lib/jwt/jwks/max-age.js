// @ts-check
'use strict';

/**
 * How long a response may be reused, by `Cache-Control` and `Age` (RFC 9111 sections 4.2.1 and 5.2.2); Infinity when it does
 * not say. Of contradictory values the shortest counts.
 * @param {{ get(name: string): string | null }} headers @returns {number} milliseconds
 */
function readMaxAgeMs(headers) {
  let seconds = Infinity;
  for (const directive of (headers.get('cache-control') ?? '').split(',')) {
    const [name, value = ''] = directive.trim().toLowerCase().split('=');
    if (name === 'no-store' || name === 'no-cache') seconds = 0;
    const age = name === 'max-age' ? /^"?(\d{1,15})"?$/.exec(value) : null;
    if (age !== null) seconds = Math.min(seconds, Number(age[1]));
  }
  const spent = /^\d{1,15}$/.exec(headers.get('age') ?? '');
  return Math.max(0, seconds - Number(spent?.[0] ?? 0)) * 1000;
}

module.exports = { readMaxAgeMs };
