'use strict';

// The answers of this API that are not successes: errorHandler writes them in the form of RFC 9457. A detail names the
// field and the rule, and never repeats the value.

class Problem extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.expose = true;
    this.detail = detail;
    // RFC 9110 section 15.5.2: every 401 says how to authenticate.
    if (status === 401) this.headers = { 'WWW-Authenticate': 'Bearer' };
  }
}

function notFound(_req, _res, next) {
  next(new Problem(404, 'There is nothing at this address'));
}

module.exports = { Problem, notFound };
