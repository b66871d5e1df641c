'use strict';

// The answers of this API that are not successes, in the form of RFC 9457. A detail names the field and the rule, and
// never repeats the value.

const { STATUS_CODES } = require('node:http');

class Problem extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
  }
}

/** Passes every other error on: those are errorHandler's. */
function answerProblem(error, req, res, next) {
  if (!(error instanceof Problem)) return next(error);
  const { status, message: detail } = error;
  // RFC 9110 section 15.5.2: every 401 says how to authenticate.
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  res.status(status).set('Cache-Control', 'no-store').type('application/problem+json');
  res.json({ type: 'about:blank', title: STATUS_CODES[status], status, detail, requestId: req.id });
}

function notFound(_req, _res, next) {
  next(new Problem(404, 'There is nothing at this address'));
}

module.exports = { Problem, answerProblem, notFound };
