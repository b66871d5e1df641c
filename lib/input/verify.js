// @ts-check
'use strict';

// The `verify` option, as body-parser has it: it sees the bytes once they are inflated and before they are parsed, and
// rejects the body by throwing. One that returns a promise is awaited: ignoring it would accept every body.

const { isPromise } = require('../support/promise');
const { refusal } = require('./refusal');

/** @typedef {import('./request').Request} Request */
/** @typedef {(req: Request, res: object, body: Buffer, encoding: string) => unknown} Verify */
/** @typedef {(error?: unknown) => void} Done */

/** @param {Verify} verify @param {Request} req @param {object} res @param {Buffer} body @param {Done} done */
function runVerify(verify, req, res, body, done) {
  let pending;
  try {
    pending = verify(req, res, body, 'utf-8');
  } catch (error) {
    return done(rejected(error));
  }
  if (!isPromise(pending)) return done();
  // A promise of another library may settle twice, or throw. The native promise around it settles once.
  Promise.resolve(pending).then(
    () => done(),
    (error) => done(rejected(error)),
  );
}

/** An error that has a status is passed on unchanged. Any other error gets 403, as in body-parser. @param {unknown} error */
function rejected(error) {
  const { status, statusCode } = /** @type {{ status?: unknown, statusCode?: unknown }} */ (error ?? {});
  if (typeof (status ?? statusCode) === 'number') return error;
  return refusal('ERR_INPUT_VERIFY', 'verify() rejected the body', { cause: error });
}

module.exports = { runVerify };
