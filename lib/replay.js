// @ts-check
'use strict';

// Puts a list of headers, known at set-up, on a response as if res.setHeader had been called for each.
//
// setHeader validates name and value, lower-cases the name and adds to a dictionary-mode object, for each header of each
// request. All of that is known at set-up. node:http keeps { 'x-name': ['X-Name', value] } in an object under a symbol
// described as kOutHeaders, the same in Node 20, 22 and 24, so a response that bears no header yet (or X-Powered-By
// alone) is given such an object whole. Every response gets entries of its own: appendHeader writes into them.
//
// Measured, helmet's 12 headers, microseconds of server CPU per Express 5 request over a response without them: helmet
// FIGURE_HELMET; setHeader from a list FIGURE_SET; entries into the existing object FIGURE_INTO; a fresh null-prototype literal FIGURE_FRESH; a
// constructor with an empty null prototype (its instances keep fast properties, which for-in at serialisation likes)
// FIGURE_CHOSEN: chosen. A prepared text block given to _storeHeader with the entries left out cost more (FIGURE_BLOCK): the method
// put on each response changes its hidden class.
//
// Anything else goes through setHeader: HTTP/2 responses, sent ones (it throws then, as it should), a setHeader that
// somebody wrapped, and every response when the probe at set-up finds another Node inside.

const { ServerResponse } = require('node:http');

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

/** The symbol under which this Node keeps the headers to be sent, or null. @returns {symbol | null} */
function findOutHeaders() {
  const symbols = Object.getOwnPropertySymbols(throwAway());
  return symbols.find((symbol) => symbol.description === 'kOutHeaders') ?? null;
}

/** @returns {any} */
function throwAway() {
  return new ServerResponse(
    /** @type {any} */ ({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1, headers: {} }),
  );
}

/**
 * Whether both ways leave responses that read, change and serialise alike on this Node.
 * @param {(res: any) => void} plain @param {(res: any) => void} fast
 */
function behavesAlike(plain, fast) {
  try {
    return observe(plain) === observe(fast);
  } catch {
    return false;
  }
}

/** @param {(res: any) => void} apply */
function observe(apply) {
  const seen = [];
  for (const start of [undefined, 'Express']) {
    const [res, neighbour] = [throwAway(), throwAway()];
    for (const one of [res, neighbour]) {
      one.sendDate = false;
      if (start) one.setHeader('X-Powered-By', start);
      apply(one);
    }
    const [first, last] = [res.getHeaderNames()[0], res.getHeaderNames().at(-1)];
    seen.push(Object.entries(res.getHeaders()).sort(), first && res.getHeader(first), res.hasHeader('X-Powered-By'));
    if (first) res.appendHeader(first, 'appended');
    if (last) res.removeHeader(last);
    res.setHeader('X-Late', 'late');
    seen.push(Object.entries(res.getHeaders()).sort());
    for (const one of [res, neighbour]) {
      one.writeHead(200, { 'X-Last': 'last' });
      seen.push(one._header.split('\r\n').sort());
    }
  }
  return JSON.stringify(seen);
}

module.exports = { createReplay };
