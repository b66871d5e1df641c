// @ts-check
'use strict';

// Which client a request comes from.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');
const { advise } = require('./advice');

/** @typedef {import('./plan').Plan} Plan */
/** @typedef {import('./plan').Request} Request */
/** @typedef {import('./plan').Response} Response */

/** @param {Plan} plan @param {Request} req @param {Response} res @returns {string | PromiseLike<string>} */
function keyOf(plan, req, res) {
  if (plan.keyGenerator !== undefined) return plan.keyGenerator(req, res);
  advise(plan, req);
  if (req.ip === undefined) throw withoutAddress(req);
  return req.ip;
}

/** @param {Request} req */
function withoutAddress({ socket }) {
  // On a unix socket, the address of a server is the path of the socket.
  if (typeof socket?.server?.address?.() === 'string') {
    return unusable(
      'the server listens on a unix socket, where only a proxy knows the address of the client: ' +
        'set app.set("trust proxy", 1), or the number of your proxies, or pass a `keyGenerator`',
    );
  }
  if (socket?.destroyed) return unusable('the connection was closed before the request was counted');
  return unusable('this is not a request of Express; pass a `keyGenerator` that returns the key of the client');
}

/** @param {string} reason */
function unusable(reason) {
  return misuse('ERR_RATE_LIMIT_KEY', `rateLimit: req.ip is undefined: ${reason}`);
}

/** What a `keyGenerator` returned that no request can be counted under. @param {unknown} key */
function withoutKey(key) {
  const remark = typeof key === 'number' ? '; write String(id)' : '';
  return misuse('ERR_RATE_LIMIT_KEY', `rateLimit: \`keyGenerator\` must return a string, not ${show(key)}${remark}`);
}

module.exports = { keyOf, withoutKey };
