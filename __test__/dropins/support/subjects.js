'use strict';

// The original on the only Express that it was written for, and the drop-in on both.

const express4 = require('express4');
const express5 = require('express');

/** @param {string} name @returns {Array<[name: string, middleware: any, express: any]>} */
function subjectsOf(name) {
  const original = require(name);
  const dropIn = require(`portcullis/${name}`);
  return [
    [`${name}, Express 4`, original, express4],
    [`the drop-in, Express 4`, dropIn, express4],
    [`the drop-in, Express 5`, dropIn, express5],
  ];
}

/**
 * An app that reads JSON and forms, runs `mount(app)`, and responds with what is then in the request.
 * @param {any} express @param {(app: any) => void} mount @param {{ parsers?: boolean }} [options]
 */
function appOf(express, mount, { parsers = true } = {}) {
  const app = express();
  app.set('query parser', 'extended');
  if (parsers) app.use(express.urlencoded({ extended: true }), express.json());
  mount(app);
  app.use((req, res) => {
    const { query, queryPolluted, body, bodyPolluted, headers } = req;
    res.json({ query, queryPolluted, body, bodyPolluted, headers });
  });
  return app;
}

module.exports = { appOf, subjectsOf };
