// @ts-check
'use strict';

// Puts a list of headers, known at set-up, on a response as if res.setHeader had been called for each.
//
// setHeader validates name and value, lower-cases the name and adds to a dictionary-mode object, and node:http later looks at
// each header again to write it: for each header of each request. All of that is known at set-up, so:
// - node:http keeps { 'x-name': ['X-Name', value] } in an object under a symbol described as kOutHeaders, the same in Node
//   20, 22 and 24. A response that bears no header yet (or X-Powered-By alone) is given such an object whole, made by a
//   constructor with an empty null prototype: its instances keep fast properties. Every response gets entries of its own,
//   because appendHeader writes into them.
// - When the head is written (_storeHeader), the entries that nobody touched go out as one prepared text behind the status
//   line, and only the others are written one by one.
//
// Measured with helmet's 12 headers on Express 5, Node 20, x86-64, CPU microseconds per request, least of 300 rounds, over
// the 40 of an app without them: helmet 6.0, setHeader from a list 6-8, entries into a null-prototype literal 3.3, entries by
// the constructor 3.4, those and the prepared text 1.7 with the rest in a literal, 0.5 with the rest made by a constructor
// (chosen), and 0.5 for the text alone, which is the floor.
//
// Anything else goes through setHeader: HTTP/2 responses, sent ones (it throws then, as it should), a setHeader that
// somebody wrapped, and every response when the probe at set-up finds another Node inside.

const { ServerResponse } = require('node:http');

const { behavesAlike, findOutHeaders } = require('./replay-probe');

const POWERED_BY = 'x-powered-by';
// node:http draws conclusions from these, so they are never part of a prepared text.
const FRAMING = /^(connection|content-disposition|content-length|cookie|date|expect|keep-alive|trailer|transfer-encoding)$/i;
const { _storeHeader: storeHeader, setHeader } = /** @type {any} */ (ServerResponse.prototype);

/** An empty place for headers, with fast properties. */
function Rest() {}
Rest.prototype = Object.create(null);

/** @typedef {ReadonlyArray<readonly [name: string, value: string]>} Headers */

/**
 * @param {Headers} headers valid names and values, no name twice in any case
 * @param {{ removePoweredBy?: boolean, outHeaders?: symbol | null }} [options] `outHeaders: null` takes the setHeader way
 * @returns {((res: any) => void) & { fast: boolean }}
 */
function createReplay(headers, { removePoweredBy = false, outHeaders = findOutHeaders() } = {}) {
  /** @param {any} res */
  const plain = (res) => {
    if (removePoweredBy) res.removeHeader('X-Powered-By');
    for (const [name, value] of headers) res.setHeader(name, value);
  };
  if (outHeaders === null || headers.some(([name]) => FRAMING.test(name))) return Object.assign(plain, { fast: false });
  const fast = createFastReplay(headers, removePoweredBy, outHeaders, plain);
  return behavesAlike(plain, fast) ? Object.assign(fast, { fast: true }) : Object.assign(plain, { fast: false });
}

/**
 * @param {Headers} headers
 * @param {boolean} removePoweredBy
 * @param {symbol} outHeaders
 * @param {(res: any) => void} plain
 */
function createFastReplay(headers, removePoweredBy, outHeaders, plain) {
  const names = headers.map(([name]) => name);
  const keys = names.map((name) => name.toLowerCase());
  const values = headers.map(([, value]) => value);
  const storePrepared = createStore(headers, keys, outHeaders);

  /** @this {any} */
  function OutHeaders() {
    for (let i = 0; i < keys.length; i++) this[keys[i]] = [names[i], values[i]];
  }
  OutHeaders.prototype = Object.create(null);

  /** @param {any} res */
  return function replay(res) {
    const present = res[outHeaders];
    if (present === undefined || res.setHeader !== setHeader || res.headersSent) return plain(res);
    let poweredBy;
    if (present !== null) {
      for (const key in present) {
        if (key !== POWERED_BY) return plain(res);
        poweredBy = present[key];
      }
    }
    const fresh = new /** @type {any} */ (OutHeaders)();
    if (poweredBy !== undefined && !removePoweredBy) fresh[POWERED_BY] = poweredBy;
    res[outHeaders] = fresh;
    if (res._storeHeader === storeHeader) res._storeHeader = storePrepared;
  };
}

/**
 * A response's own _storeHeader: the entries must stand first, in their order, with the name and value they were given;
 * else all is written as ever.
 * @param {Headers} headers @param {string[]} keys @param {symbol} outHeaders
 */
function createStore(headers, keys, outHeaders) {
  const text = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return function _storeHeader(/** @type {string} */ statusLine, /** @type {any} */ present) {
    /** @type {any} */
    // @ts-expect-error: a method of the response
    const res = this;
    if (present === null || present !== res[outHeaders]) return storeHeader.call(res, statusLine, present);
    const rest = new /** @type {any} */ (Rest)();
    let seen = 0;
    for (const key in present) {
      const entry = present[key];
      const own = headers[seen];
      if (own !== undefined && key === keys[seen] && entry[0] === own[0] && entry[1] === own[1]) seen++;
      else rest[key] = entry;
    }
    if (seen !== headers.length) return storeHeader.call(res, statusLine, present);
    // It takes a list for its own, already valid, only by this identity.
    res[outHeaders] = rest;
    try {
      return storeHeader.call(res, statusLine + text, rest);
    } finally {
      res[outHeaders] = present;
    }
  };
}

module.exports = { createReplay };
