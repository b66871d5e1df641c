// @ts-check
'use strict';

const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, any>} headers lower-case names, as node:http joins them
 * @property {string[]} rawHeaders names and values in turn, as they came
 * @property {string} text
 * @property {() => any} json
 */

/**
 * Sends one request to a fresh server on 127.0.0.1 and closes the server afterwards.
 *
 * `app` is an Express app, any (req, res) function, or an http.Server that does not listen yet.
 * `headers` may be an object or an array of [name, value] pairs (sent in that order, doubles kept).
 * `raw` writes these bytes to a socket instead and answers the first response that comes back.
 * @param {any} app
 * @param {{ method?: string, path?: string, headers?: Record<string, any> | Array<[string, string]>, body?: string | Buffer,
 *   raw?: string | Buffer }} [init]
 * @returns {Promise<Answer>}
 */
function request(app, init = {}) {
  return serve(app, (port) => (init.raw === undefined ? send(port, init) : sendRaw(port, init.raw)));
}

/**
 * Listens on 127.0.0.1 while `work` runs.
 * @template T @param {any} app as above @param {(port: number, server: http.Server) => T | Promise<T>} work @returns {Promise<T>}
 */
async function serve(app, work) {
  const server = app instanceof http.Server ? app : http.createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    return await work(port, server);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/**
 * Returns what `judge` says of the request of a WebSocket handshake.
 * @template T @param {Record<string, string>} fields @param {(req: http.IncomingMessage) => T} judge @returns {Promise<T>}
 */
async function handshake(fields, judge) {
  const server = http.createServer();
  const verdict = once(server, 'upgrade').then(([req, socket]) => {
    socket.end('HTTP/1.1 204 No Content\r\n\r\n');
    return judge(req);
  });
  const all = { Connection: 'Upgrade', Upgrade: 'WebSocket', ...fields };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  await request(server, { raw: `GET / HTTP/1.1\r\n${lines.join('')}\r\n` });
  return verdict;
}

/** @param {number} port @param {any} init @returns {Promise<Answer>} */
function send(port, { method = 'GET', path = '/', headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const list = Array.isArray(headers) ? headers : Object.entries(headers);
    const outgoing = http.request({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: flatten(list, port, body),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => resolve(collect(response)));
    outgoing.end(body);
  });
}

/** Raw pairs leave nothing to node:http, so Host and the length are added where the caller wrote none. @returns {any} */
function flatten(/** @type {Array<[string, any]>} */ list, /** @type {number} */ port, /** @type {any} */ body) {
  const names = new Set(list.map(([name]) => name.toLowerCase()));
  const flat = list.flatMap(([name, value]) =>
    Array.isArray(value) ? value.flatMap((one) => [name, one]) : [name, value],
  );
  if (!names.has('host')) flat.push('Host', `127.0.0.1:${port}`);
  if (!names.has('connection')) flat.push('Connection', 'close');
  if (body !== undefined && !names.has('content-length') && !names.has('transfer-encoding')) {
    flat.push('Content-Length', String(Buffer.byteLength(body)));
  }
  return flat.map(String);
}

/** @param {http.IncomingMessage} response @returns {Promise<Answer>} */
async function collect(response) {
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { statusCode = 0, headers, rawHeaders } = response;
  return { status: statusCode, headers, rawHeaders, text, json: () => JSON.parse(text) };
}

/** @param {number} port @param {string | Buffer} bytes @returns {Promise<Answer>} */
async function sendRaw(port, bytes) {
  const socket = net.connect(port, '127.0.0.1');
  const chunks = /** @type {Buffer[]} */ ([]);
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    if (complete(Buffer.concat(chunks).toString('latin1'))) socket.destroy();
  });
  socket.write(bytes);
  await new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
  return parse(Buffer.concat(chunks).toString('latin1'));
}

/** Whether a whole response is there: by its length, its last chunk, or (neither given) only when the socket ends. */
function complete(/** @type {string} */ text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = text.slice(0, end);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return text.length >= end + 4 + Number(length);
  return /^transfer-encoding: *chunked/im.test(head)
    ? text.endsWith('0\r\n\r\n')
    : / (204|304) /.test(head.slice(0, 20));
}

/** @param {string} text @returns {Answer} */
function parse(text) {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const body = end < 0 ? '' : text.slice(end + 4);
  const headers = /** @type {Record<string, any>} */ ({});
  const rawHeaders = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
    return [name, value];
  });
  return { status: Number(first.split(' ')[1] ?? 0), headers, rawHeaders, text: body, json: () => JSON.parse(body) };
}

module.exports = { handshake, request, serve };
