// @ts-check
'use strict';

// What both stores implement. A store returns what it found, and index.js makes the errors.

/**
 * @typedef {'invalid' | 'expired' | 'revoked' | 'reused' | 'crowded'} Refusal
 *   reused: the store has revoked the family; crowded: within the grace time, but there are MAX_SIBLINGS tokens already
 * @typedef {{ verdict: 'rotated', subject: string, data: string | undefined, usableUntilMs: number }} Rotated
 * @typedef {{ verdict: 'revoked others', count: number }} RevokedOthers
 * @typedef {{ verdict: Refusal, subject?: string }} Refused
 * @typedef {{ familyId: string, issuedMs: number, usedMs: number, usableUntilMs: number, data: string | undefined }} Listed
 *
 * @typedef {object} Families times are milliseconds since 1970, hashes have 32 bytes, tags are base64url
 * @property {(family: { familyId: string, hash: Buffer, subject: string, data: string | undefined, expiresMs: number,
 *   usableUntilMs: number, nowMs: number, maxPerSubject: number }) => Promise<void>} issue
 * @property {(step: { familyId: string, hash: Buffer, nextHash: Buffer, nowMs: number, idleMs: number, graceMs: number })
 *   => Promise<Rotated | Refused>} rotate
 * @property {(target: { familyId: string, nowMs: number }) => Promise<boolean>} revokeFamily
 * @property {(target: { tag: string, nowMs: number }) => Promise<number>} revokeSubject
 * @property {(target: { familyId: string, hash: Buffer | undefined, nowMs: number, graceMs: number })
 *   => Promise<RevokedOthers | Refused>} revokeOthers
 * @property {(target: { tag: string, nowMs: number }) => Promise<Listed[]>} list the living families, oldest first
 */

/**
 * @typedef {object} Family one family in memory
 * @property {string} subject
 * @property {string | undefined} data JSON
 * @property {number} issuedMs
 * @property {number} usedMs
 * @property {number} expiresMs when the family expires
 * @property {number} usableUntilMs when its tokens expire, unless one is used before
 * @property {Buffer[]} current hashes of the current generation
 * @property {Buffer[]} previous hashes of the generation before it
 * @property {number} replacedMs when the previous generation was replaced
 */

// Tokens of one generation: enough for the tabs that a browser restores at once, but not an unlimited supply from one token.
const MAX_SIBLINGS = 8;

module.exports = { MAX_SIBLINGS };
