// @ts-check
'use strict';

// req.query is a plain property on Express 4. On Express 5 it is a getter that parses the URL again at each read: changes to
// what it returned are lost, and an assignment throws. An own data property behaves the same on both.

/** @param {object} req @param {unknown} value */
function writeQuery(req, value) {
  Object.defineProperty(req, 'query', { value, writable: true, enumerable: true, configurable: true });
}

module.exports = { writeQuery };
