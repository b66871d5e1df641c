// @ts-check
'use strict';

// A real endpoint of a key set that misbehaves on demand. It counts requests and the bytes that it could send.

const { createServer } = require('node:http');
const { gzipSync } = require('node:zlib');

/** @typedef {(req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse) => void} Answer */

class JwksServer {
  /** @type {Answer} */ answer = keys('first');
  requests = 0;
  /** @type {Array<import('node:http').IncomingHttpHeaders>} */ headers = [];
  bytesSent = 0;
  /** Connections that were closed before their answer was whole. */
  cutShort = 0;

  constructor() {
    this.server = createServer((req, res) => {
      this.requests += 1;
      this.headers.push(req.headers);
      const { socket } = req;
      const before = socket.bytesWritten;
      res.once('close', () => {
        this.bytesSent += socket.bytesWritten - before;
        if (!res.writableFinished) this.cutShort += 1;
      });
      this.answer(req, res);
    });
  }

  /** @param {number} [port] to come back where it was */
  async listen(port = 0) {
    await new Promise((resolve) => this.server.listen(port, '127.0.0.1', () => resolve(undefined)));
    const address = /** @type {import('node:net').AddressInfo} */ (this.server.address());
    this.port = address.port;
    this.url = `http://127.0.0.1:${address.port}/keys`;
    return this;
  }

  async close() {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** @param {string[]} kids @returns {Answer} */
function keys(...kids) {
  return text(JSON.stringify({ keys: kids.map((kid) => ({ kty: 'OKP', kid })) }));
}

/** @param {string | Uint8Array} body @param {Record<string, string>} [headers] @returns {Answer} */
function text(body, headers = {}) {
  return (_req, res) => res.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
}

/** @param {number} code @returns {Answer} */
function status(code) {
  return (_req, res) => res.writeHead(code).end('{"keys":[{"kid":"not to be read"}]}');
}

/** @param {(requestUrl: string) => string} to @param {number} [code] @returns {Answer} */
function redirect(to, code = 302) {
  return (req, res) => res.writeHead(code, { location: to(/** @type {string} */ (req.url)) }).end('moved');
}

/** Takes the request and never answers. @type {Answer} */
const stall = () => {};

/** @type {Answer} */
const stallAfterHeaders = (_req, res) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.write('{"keys":[');
};

/** A byte now and then, so that no timer between two bytes ever ends. @type {Answer} */
const drip = (_req, res) => {
  res.writeHead(200);
  const timer = setInterval(() => res.write(' '), 20).unref();
  res.once('close', () => clearInterval(timer));
};

/** @type {Answer} */
const reset = (req) => req.socket.resetAndDestroy();

/** @type {Answer} */
const resetInBody = (req, res) => {
  res.writeHead(200, { 'content-length': '1000' });
  res.write('{"keys":[', () => req.socket.resetAndDestroy());
};

const HUGE_BYTES = 50 * 1024 * 1024;

/** As much as the other side takes. @param {{ declared: boolean }} how @returns {Answer} */
function huge({ declared }) {
  return (_req, res) => {
    res.writeHead(200, declared ? { 'content-length': String(HUGE_BYTES) } : {});
    const piece = Buffer.alloc(64 * 1024, ' ');
    let left = HUGE_BYTES;
    const more = () => {
      while (left > 0 && !res.destroyed) {
        left -= piece.length;
        if (!res.write(piece)) return void res.once('drain', more);
      }
      res.end();
    };
    more();
  };
}

/** 50 MB of blanks in some 50 KB. */
const zipped = text(gzipSync(Buffer.alloc(HUGE_BYTES, ' ')), { 'content-encoding': 'gzip' });

module.exports = {
  HUGE_BYTES,
  JwksServer,
  drip,
  huge,
  keys,
  redirect,
  reset,
  resetInBody,
  stall,
  stallAfterHeaders,
  status,
  text,
  zipped,
};
