// @ts-check
'use strict';

// Checks at set-up that this Node.js stores a response's headers in the way that replay.js relies on.

const { ServerResponse } = require('node:http');

/** The symbol under which this Node.js stores the headers to be sent, or null. @returns {symbol | null} */
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
 * Whether both ways make responses that read, change and serialise alike on this Node.js.
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

module.exports = { behavesAlike, findOutHeaders };
