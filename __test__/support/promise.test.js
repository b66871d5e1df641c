'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { runInNewContext } = require('node:vm');

const { isPromise } = require('../../lib/support/promise');

/** @param {object} target @param {unknown} then */
const withThen = (target, then) => Object.defineProperty(target, 'then', { value: then });

describe('promise', () => {
  it('recognises promises of other realms and libraries', () => {
    const promises = [
      Promise.resolve(),
      runInNewContext('Promise.resolve()'),
      withThen({}, () => {}),
      withThen(
        () => {},
        () => {},
      ),
    ];
    for (const value of promises) assert.equal(isPromise(value), true);
  });

  it('takes nothing else for a promise', () => {
    for (const value of [undefined, null, true, 1, 'then', {}, withThen({}, true), [], () => {}]) {
      assert.equal(isPromise(value), false);
    }
  });
});
