// @ts-check
'use strict';

// A cache of prepared keys: KeyObjects by identity, everything else by content. A Buffer whose bytes change therefore gets a
// new entry, and an equal object that is created in each call is parsed only once.

const { KeyObject } = require('node:crypto');

const { contentOf } = require('./key-content');
const { privateMaterial, publicMaterial } = require('./material');

/** @typedef {import('./material').Material} Material */

/**
 * A key, and its verifiers and signers by algorithms.
 * @typedef {Material & { openings: Map<string, any> }} Key
 */

// The cache is bounded, because some applications have a secret for each user.
const GENERATION_KEYS = 128;

/**
 * When the young generation is full, the old one is dropped and the young one becomes old. A key that is used moves to the
 * young generation.
 */
class RecentKeys {
  /** @type {Map<string, Key>} */ #young = new Map();
  /** @type {Map<string, Key>} */ #old = new Map();

  /** @param {string} content @returns {Key | undefined} */
  get(content) {
    const young = this.#young.get(content);
    if (young !== undefined) return young;
    const old = this.#old.get(content);
    if (old !== undefined) this.set(content, old);
    return old;
  }

  /** @param {string} content @param {Key} key */
  set(content, key) {
    if (this.#young.size >= GENERATION_KEYS) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(content, key);
  }
}

class PreparedKeys {
  /** @type {(value: any) => Material | undefined} */ #read;
  /** @type {WeakMap<KeyObject, Key>} */ #objects = new WeakMap();
  #texts = new RecentKeys();
  #contents = new RecentKeys();

  /** @param {(value: any) => Material | undefined} read */
  constructor(read) {
    this.#read = read;
  }

  /** The prepared key; undefined if the value is not a key. @param {any} value @returns {Key | undefined} */
  find(value) {
    if (typeof value === 'string') return this.#texts.get(value) ?? this.#keep(this.#texts, value, value);
    if (value instanceof KeyObject) return this.#objects.get(value) ?? this.#keep(this.#objects, value, value);
    const content = contentOf(value);
    if (content === undefined) return this.#prepare(value);
    return this.#contents.get(content) ?? this.#keep(this.#contents, content, value);
  }

  /** @param {{ set(name: any, key: Key): unknown }} place @param {any} name @param {any} value */
  #keep(place, name, value) {
    const key = this.#prepare(value);
    if (key !== undefined) place.set(name, key);
    return key;
  }

  /** @param {any} value @returns {Key | undefined} */
  #prepare(value) {
    const material = this.#read(value);
    return material && { ...material, openings: new Map() };
  }
}

const verifyKeys = new PreparedKeys(publicMaterial);
const signKeys = new PreparedKeys(privateMaterial);

module.exports = { signKeys, verifyKeys };
