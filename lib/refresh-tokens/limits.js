// @ts-check
'use strict';

// What both stores keep to. A store answers what it found, and lib/refresh-tokens/index.js makes the errors.

/**
 * @typedef {'rotated' | 'invalid' | 'expired' | 'revoked' | 'reused' | 'crowded'} Verdict
 *   reused: and the family is revoked by it; crowded: within the grace window, and there are MAX_SIBLINGS already
 * @typedef {{ verdict: Verdict, subject?: string, data?: string, untilMs?: number }} Rotation
 * @typedef {object} Families times are milliseconds since 1970; hashes are of 32 bytes
 * @property {(family: { familyId: string, hash: Buffer, subject: string, data: string | undefined, expiresMs: number,
 *   untilMs: number, nowMs: number }) => Promise<void>} issue
 * @property {(step: { familyId: string, hash: Buffer, nextHash: Buffer, nowMs: number, idleMs: number, graceMs: number })
 *   => Promise<Rotation>} rotate
 * @property {(target: { familyId: string, nowMs: number }) => Promise<boolean>} revokeFamily
 * @property {(target: { subject: string, nowMs: number }) => Promise<number>} revokeSubject
 */

// Tokens of one generation: the tabs that a browser restores at once, and no way to make tokens without end from one.
const MAX_SIBLINGS = 8;

module.exports = { MAX_SIBLINGS };
