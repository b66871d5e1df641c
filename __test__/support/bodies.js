'use strict';

// Requests with bodies, for the tests of readers.

const http = require('node:http');

const { serve } = require('./request');

const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * An app that responds with the body it got, or with the error's code and fields.
 * @param {any} express @param {...any} middlewares
 */
function echo(express, ...middlewares) {
  const app = express();
  app.use(...middlewares.flat());
  app.use((req, res) => res.json({ body: req.body, absent: req.body === undefined, raw: req.rawBody?.toString() }));
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
    const { code, type, limit, length, expected, received, charset, encoding } = error;
    const fields = { type, limit, length, expected, received, charset, encoding };
    const leaks = /secret/.test(`${error.message}${JSON.stringify(error)}`) || 'body' in error;
    res.status(error.status ?? 500).json({ code, fields, leaks });
  });
  return app;
}

/** One request; `chunks` are sent one by one without a length. */
function request(app, { method = 'POST', headers = JSON_TYPE, body, chunks } = {}) {
  return serve(app, (port) => send(port, { method, headers, body, chunks }));
}

function send(port, { method = 'POST', headers = JSON_TYPE, body, chunks, agent }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = http.request({ host: '127.0.0.1', port, method, agent, headers: { ...length, ...headers } });
    outgoing.on('error', reject);
    outgoing.on('response', async (response) => {
      const parts = await response.toArray();
      resolve({ status: response.statusCode, ...JSON.parse(Buffer.concat(parts).toString()) });
    });
    for (const chunk of chunks ?? []) outgoing.write(chunk);
    outgoing.end(body);
  });
}

module.exports = { JSON_TYPE, echo, request, send };
