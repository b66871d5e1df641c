// @ts-check
'use strict';

// Functions of the app that are told of something, such as `onReport`. What they throw, or reject with, is logged: the request
// goes on.

const { read } = require('./problem');
const { isPromise } = require('./promise');

/** @param {string} name of the option @param {(...args: any[]) => unknown} hook @param {...unknown} args */
function callHook(name, hook, ...args) {
  try {
    const pending = hook(...args);
    if (isPromise(pending)) pending.then(undefined, (failure) => logFailure(name, failure));
  } catch (failure) {
    logFailure(name, failure);
  }
}

/** @param {string} name @param {unknown} failure */
function logFailure(name, failure) {
  const stack = read(failure, 'stack');
  const reason = typeof stack === 'string' ? stack : 'it threw a value that is not an error';
  console.error(`portcullis: ${name} failed: ${reason}`);
}

module.exports = { callHook };
