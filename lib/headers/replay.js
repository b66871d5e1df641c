// @ts-check
'use strict';

// Sets a list of headers, known at set-up, on a response as if res.setHeader had been called for each.
//
// setHeader validates name and value, lower-cases the name and adds it to a dictionary-mode object, for each header of each
// request. All of that can be done at set-up. node:http stores { 'x-name': ['X-Name', value] } in an object under a symbol
// described as kOutHeaders (a probe checks the Node.js that runs), so a response that has no header yet, or X-Powered-By
// alone, is given such an object whole. Every response gets its own entries, because appendHeader writes into them.
//
// Measured with helmet's 12 headers on a response with Express's prototype, from its creation to the written head; Node 20,
// x86-64, CPU microseconds over the 7.1 of a response without them (least of 270 rounds): helmet 5.1; setHeader from a list
// 4.6; entries put into the existing object 2.3; entries in a null-prototype literal 2.2; entries made by a constructor with
// an empty null prototype 1.3 (chosen: its instances keep fast properties, which makes for-in at serialisation fast). One
// prepared text written by an own _storeHeader of the response, without entries: 3.4, because the method changes the response's
// hidden class for all code that follows.
//
// setHeader is used in all other cases: HTTP/2 responses, sent responses (setHeader then throws, as it should), responses
// whose setHeader was wrapped, and every response if the probe finds another layout.

const { ServerResponse } = require('node:http');

const { behavesAlike, findOutHeaders } = require('./replay-probe');

const POWERED_BY = 'x-powered-by';
const setHeader = ServerResponse.prototype.setHeader;

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
  if (outHeaders === null) return Object.assign(plain, { fast: false });
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
  };
}

module.exports = { createReplay };
