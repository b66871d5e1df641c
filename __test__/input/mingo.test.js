// @ts-check
'use strict';

// Real attacks with a real effect: an app whose log-in is a query can be entered in many ways. This file proves that each of
// them works on the parsers of Express, and that none of those by JSON works behind json().

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { json } = require('../..');
const EXPRESSES = require('../support/apps');
const { ATTACKS, HONEST, cookieParser, isRefused, logInApp, unguarded } = require('../support/log-in');
const { request } = require('../support/request');

const PARSERS = /** @type {const} */ (['simple', 'extended']);

for (const [version, express] of EXPRESSES) {
  describe(`input, a log-in without a guard on ${version}`, () => {
    for (const parser of PARSERS) {
      const app = logInApp(express, { parser, readers: unguarded(express) });

      for (const [name, init] of Object.entries(HONEST)) {
        it(`lets a user in by ${name}, query parser ${parser}`, async () => {
          const { status, json: body } = await request(app, init);
          assert.deepEqual([status, body()], [200, ['ada@example.com']]);
        });
      }

      for (const [name, { init, parsers = PARSERS, versions = [version] }] of Object.entries(ATTACKS)) {
        const works = parsers.includes(parser) && versions.includes(version);
        it(`${works ? 'is entered by' : 'is not entered by'} ${name}, query parser ${parser}`, async () => {
          const { status, text } = await request(app, init);
          assert.equal(status === 200, works, text);
        });
      }
    }
  });

  describe(`input, a log-in behind json() on ${version}`, () => {
    const app = logInApp(express, { readers: [json(), express.urlencoded({ extended: true }), cookieParser()] });

    it('lets a user in', async () => {
      assert.equal((await request(app, HONEST['a JSON body'])).status, 200);
    });

    for (const [name, { init }] of Object.entries(ATTACKS).filter(([, { source }]) => source === 'json')) {
      it(`is not entered by ${name}`, async () => {
        const response = await request(app, init);
        assert.ok(isRefused(response), response.text);
      });
    }
  });
}
