'use strict';

// Speaks HTTP to one server and says nothing that it was not told to say: paths are not tidied, headers may repeat, and
// `sendRaw` writes any bytes at all.

const { STATUS_CODES, request } = require('node:http');
const { connect } = require('node:net');

const TIMEOUT_MS = 5_000;

/**
 * @typedef {{ status: number, title: string, headers: Record<string, any>, text: string, json: any }} Answer
 * @param {{ host: string, port: number }} target
 * @param {{ method?: string, path: string, headers?: Record<string, any>, body?: any }} init a body that is neither text
 *   nor bytes is sent as JSON
 * @returns {Promise<Answer>}
 */
function send({ host, port }, { method, path, headers = {}, body }) {
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const type =
    bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) };
  return new Promise((resolve, reject) => {
    const verb = method ?? (bytes === undefined ? 'GET' : 'POST');
    const options = {
      host,
      port,
      path,
      method: verb,
      agent: false,
      timeout: TIMEOUT_MS,
      headers: { ...type, ...headers },
    };
    const outgoing = request(options, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', () => resolve(CLOSED));
      incoming.on('end', () =>
        resolve(answer(incoming.statusCode, incoming.headers, Buffer.concat(chunks).toString())),
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' })));
    outgoing.on('error', (error) => (isHangUp(error) ? resolve(CLOSED) : reject(error)));
    outgoing.end(bytes);
  });
}

/**
 * Writes the bytes, ends the sending side and reads the first answer.
 * @param {{ host: string, port: number }} target
 * @param {string | Buffer} bytes
 * @returns {Promise<Answer>}
 */
function sendRaw({ host, port }, bytes) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    const socket = connect({ host, port }, () => socket.end(bytes));
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error) => (isHangUp(error) ? undefined : reject(error)));
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('latin1'))));
  });
}

/** The server hung up without a word. */
const CLOSED = Object.freeze({ status: 0, title: 'connection closed', headers: {}, text: '', json: undefined });

const isHangUp = (error) => ['ECONNRESET', 'EPIPE'].includes(error.code);

function parse(text) {
  if (text === '') return CLOSED;
  const [head, ...rest] = text.split('\r\n\r\n');
  const [statusLine, ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':')[0].toLowerCase(), line.replace(/^[^:]*:\s*/, '')]),
  );
  return answer(Number(statusLine.split(' ')[1]), headers, rest.join('\r\n\r\n'));
}

function answer(status, headers, text) {
  const json = /json/.test(headers['content-type'] ?? '') && text !== '' ? JSON.parse(text) : undefined;
  return { status, title: STATUS_CODES[status] ?? '', headers, text, json };
}

module.exports = { send, sendRaw };
