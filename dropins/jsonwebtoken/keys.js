// @ts-check
'use strict';

// Keys that were prepared once are found again: KeyObjects by identity, everything else by its content, so that a Buffer
// whose bytes change is never taken for what it was, and an object that is written anew in each call is not parsed anew.

const { KeyObject } = require('node:crypto');

const { contentOf } = require('./key-content');
const { privateMaterial, publicMaterial } = require('./material');

/** @typedef {import('./material').Material} Material */

/**
 * What is kept with a key: verifiers and signers by the algorithms that they are for.
 * @typedef {Material & { openings: Map<string, any> }} Key
 */

// Applications with a secret for each user exist, so there is a bound.
const GENERATION_KEYS = 128;

/** Of two generations the older is dropped when the younger is full; what is used again moves to the younger. */
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
