// @ts-check
'use strict';

const { tagOfFamily } = require('./subject');

/** The ids of each subject's families in memory, oldest first. */
class SubjectIndex {
  /** @type {Map<string, Set<string>>} */ #ids = new Map();

  /** @param {string} familyId */
  add(familyId) {
    const tag = tagOfFamily(familyId);
    const ids = this.#ids.get(tag);
    if (ids === undefined) this.#ids.set(tag, new Set([familyId]));
    else ids.add(familyId);
  }

  /** @param {string} familyId */
  remove(familyId) {
    const tag = tagOfFamily(familyId);
    const ids = this.#ids.get(tag);
    ids?.delete(familyId);
    if (ids?.size === 0) this.#ids.delete(tag);
  }

  /** @param {string} tag */
  idsOf(tag) {
    return [...(this.#ids.get(tag) ?? [])];
  }
}

module.exports = { SubjectIndex };
