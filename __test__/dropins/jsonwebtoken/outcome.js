'use strict';

// What came of a call, in a form in which the calls of two packages can be compared.

const CLASSES = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'];

/** @param {any} error @param {any} jwt the package that reported it */
function describeError(error, jwt) {
  return {
    error: `${error.name}: ${error.message}`,
    classes: CLASSES.filter((name) => error instanceof jwt[name]),
    isError: error instanceof Error,
    // Programs log and send errors as JSON.
    json: JSON.stringify(error),
    inner: error.inner === undefined ? undefined : `${error.inner.name}: ${error.inner.message}`,
    date: (error.date ?? error.expiredAt)?.getTime(),
  };
}

/** @param {any} jwt @param {(jwt: any) => any} call */
function outcome(jwt, call) {
  try {
    return { value: call(jwt) };
  } catch (error) {
    return describeError(error, jwt);
  }
}

/**
 * What a call hands to its callback: in which tick, how often, and what it returns itself.
 * @param {any} jwt @param {(jwt: any, callback: any) => any} call
 */
async function outcomeOfCallback(jwt, call) {
  const calls = [];
  let isLater = false;
  const returned = call(jwt, (...args) => {
    const [error, value] = args;
    calls.push({ isLater, count: args.length, ...(error ? describeError(error, jwt) : { error, value }) });
    return 'returned by the callback';
  });
  isLater = true;
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return { calls, returned };
}

module.exports = { outcome, outcomeOfCallback };
