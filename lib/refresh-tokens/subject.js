// @ts-check
'use strict';

// A subject's tag: a short keyed digest that its tokens and family ids carry. All families of a subject are kept under it,
// in one place of the store, which both a token and the subject's name lead to.
//
// The tag must be the same in every process and after any failover, so it is computed and never stored: a stored tag could
// be lost while the families remain, and then revokeSubject() would end nothing. Without `subjectKey` the key is the store's
// prefix. That keeps applications apart, but is no secret: whoever sees a family id can then test a guess of its subject.

const { createHmac } = require('node:crypto');

// 96 bits: no two subjects share a tag by chance, nor by the choice of a subject that is to match another one's.
const TAG_BYTES = 12;
const TAG_CHARACTERS = (TAG_BYTES / 3) * 4;

/** @param {string | Uint8Array} key @param {string} subject @returns {Buffer} */
const subjectTag = (key, subject) => createHmac('sha256', key).update(subject).digest().subarray(0, TAG_BYTES);

/** @param {string} familyId @returns {string} the tag in base64url */
const tagOfFamily = (familyId) => familyId.slice(0, TAG_CHARACTERS);

module.exports = { TAG_BYTES, subjectTag, tagOfFamily };
