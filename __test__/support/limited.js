// @ts-check
'use strict';

// Requests without a server, for the tests of rate limits.

const { EventEmitter } = require('node:events');

/** A response that records what is sent, without a socket. */
class Recorder extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  /** @type {any} */ fields = {};
  /** @type {any} */ body;

  getHeader(/** @type {string} */ name) {
    return this.fields[name.toLowerCase()];
  }
  setHeader(/** @type {string} */ name, /** @type {any} */ value) {
    this.fields[name.toLowerCase()] = value;
  }
  append(/** @type {string} */ name, /** @type {any} */ value) {
    const before = this.getHeader(name);
    this.setHeader(name, before === undefined ? value : [before, value].flat());
  }
  status(/** @type {number} */ code) {
    this.statusCode = code;
    return this;
  }
  send(/** @type {any} */ body) {
    this.body = body;
    this.headersSent = this.writableEnded = true;
    return this;
  }
  end(/** @type {any} */ body) {
    return this.send(body);
  }
}

/**
 * Runs one request through a middleware.
 * @param {any} middleware
 * @param {{ ip?: any, headers?: object, trust?: any }} [init]
 * @returns {Promise<{ res: any, req: any, passed: boolean, error: any }>}
 */
async function run(middleware, { ip = '192.0.2.1', headers = {}, trust = 1 } = {}) {
  const req = { ip, headers, socket: { remoteAddress: ip }, app: { get: () => trust } };
  const res = new Recorder();
  const outcome = await new Promise((resolve) => {
    res.send = (body) => {
      Recorder.prototype.send.call(res, body);
      resolve({ passed: false });
      return res;
    };
    middleware(req, res, (/** @type {any} */ error) => resolve({ passed: error === undefined, error }));
  });
  return { res, req, error: undefined, ...outcome };
}

/** @param {string} expected */
const code = (expected) => (/** @type {any} */ error) => error.code === expected;

module.exports = { Recorder, code, run };
