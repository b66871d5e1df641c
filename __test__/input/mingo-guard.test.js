// @ts-check
'use strict';

// The attacks of mingo.test.js, which enter a log-in without a guard, against the same app behind each way to mount one. None
// enters, on both versions of Express and both parsers of the query, and honest requests do.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { guard, harden, json, urlencoded } = require('../..');
const EXPRESSES = require('../support/apps');
const { ATTACKS, HONEST, cookieParser, isRefused, logInApp, unguarded } = require('../support/log-in');
const { request } = require('../support/request');

/**
 * What an app mounts before its routes.
 * @type {Record<string, (express: any) => any[]>}
 */
const STACKS = {
  'json(), urlencoded() and guard()': () => [json(), urlencoded(), cookieParser(), guard()],
  'harden()': () => [cookieParser(), harden()],
  'harden() before cookie-parser': () => [harden(), cookieParser()],
  'parsers of Express, and guard()': (express) => [...unguarded(express), guard()],
  'parsers of Express with guard.verify': (express) => {
    const judge = guard();
    const { verify } = judge;
    return [express.json({ verify }), express.urlencoded({ extended: true, verify }), cookieParser(), judge];
  },
};

for (const [version, express] of EXPRESSES) {
  for (const [stack, readers] of Object.entries(STACKS)) {
    for (const parser of /** @type {const} */ (['simple', 'extended'])) {
      describe(`input, a log-in behind ${stack} on ${version}, query parser ${parser}`, () => {
        const app = logInApp(express, { parser, readers: readers(express), afterFiles: [guard()] });

        for (const [name, init] of Object.entries(HONEST)) {
          it(`lets a user in by ${name}`, async () => {
            const { status, json: body } = await request(app, init);
            assert.deepEqual([status, body()], [200, ['ada@example.com']]);
          });
        }

        for (const [name, { init }] of Object.entries(ATTACKS)) {
          it(`is not entered by ${name}`, async () => {
            const response = await request(app, init);
            assert.ok(isRefused(response), response.text);
          });
        }
      });
    }
  }
}
