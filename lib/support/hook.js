// @ts-check
'use strict';

// Functions of the app that are told of something, such as `onReport`. What they throw, or reject with, is logged: the request
// goes on.

const { read } = require('./problem');
const { isPromise } = require('./promise');

/** @param {string} label the function that has the hook, and the hook, as in "guard: onReport" @param {(...args: any[]) => unknown} hook @param {...unknown} args */
function callHook(label, hook, ...args) {
  try {
    const pending = hook(...args);
    if (isPromise(pending)) pending.then(undefined, (failure) => logFailure(label, failure));
  } catch (failure) {
    logFailure(label, failure);
  }
}

/** @param {string} label @param {unknown} failure */
function logFailure(label, failure) {
  console.error(`${label} failed: ${picture(failure)}`);
}

/** The stack alone: fields of an error may hold input. @param {unknown} error @returns {string} */
function picture(error) {
  const stack = read(error, 'stack');
  if (typeof stack === 'string') return stack;
  return `${error === null ? 'null' : `a value of type ${typeof error}`} was thrown`;
}

module.exports = { callHook, logFailure, picture };
