// What a machine may lack. Some tests read vectors of other projects from a folder beside the checkout, others start a
// redis-server. A machine that has none says so by PORTCULLIS_VECTORS=none or PORTCULLIS_REDIS=none: then what needs them is
// skipped by name, and with CI=true too that is no failure.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const NO_VECTORS = 'the vectors of other projects are not here';
/** As __test__/support/redis.js says it. */
const NO_REDIS = 'there is no redis-server on the PATH';
const { PORTCULLIS_REDIS, PORTCULLIS_VECTORS = join('..', 'shared', 'vectors') } = process.env;

/** The one test in Rust that reads them, and its file. */
const KNOWN_ANSWERS = {
  file: resolve(PORTCULLIS_VECTORS, 'argon2_kat.json'),
  test: 'returns_the_known_answers_with_secret_and_associated_data',
};

/** @returns {string | undefined} the test to leave out, because it would read a file that is missing */
export function testWithoutVectors() {
  return existsSync(KNOWN_ANSWERS.file) ? undefined : KNOWN_ANSWERS.test;
}

/** Whether this machine was said to lack what a test was skipped for. @param {string} reason */
export function isAllowed(reason) {
  return (
    (reason === NO_VECTORS && PORTCULLIS_VECTORS === 'none') || (reason === NO_REDIS && PORTCULLIS_REDIS === 'none')
  );
}
