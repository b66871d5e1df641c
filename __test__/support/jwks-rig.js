// @ts-check
'use strict';

// Sources of remote keys on a clock that the test sets, against a real endpoint.

const { once } = require('node:events');
const { after, afterEach, before, beforeEach } = require('node:test');

const { createJwksSource } = require('../../lib/jwt/jwks/source');
const { JwksServer, keys } = require('./jwks-server');

const FRESH_MS = 600_000;
const COOLDOWN_MS = 30_000;
const STALE_MS = 86_400_000;
/** For what happens at once, or a test has failed. */
const DEADLINE_MS = 5_000;
const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_JWT_KEYS_UNAVAILABLE', status: 503 };

/** What the verifier would make of a set; here its key ids are enough. */
const prepare = (/** @type {{ keys: any[] }} */ { keys: list }) => ({ keyIds: new Set(list.map(({ kid }) => kid)) });

const kidsOf = (/** @type {any} */ prepared) => [...prepared.keyIds].sort();

class Rig {
  server = new JwksServer();
  /** Milliseconds on the sources' clock. */
  now = 0;
  /** @type {any[]} */ #sources = [];

  /** @param {Record<string, any>} [options] @param {any} [make] */
  open(options = {}, make = prepare) {
    const { url } = this.server;
    const source = createJwksSource({ url, monotonic: () => this.now, prefetch: false, ...options }, make);
    this.#sources.push(source);
    /** @type {Array<[string, any]>} */
    const events = [];
    for (const name of ['refresh', 'rotate', 'refresh-failed']) {
      source.on(name, (/** @type {any} */ event) => events.push([name, event]));
    }
    return { source, events };
  }

  /** A source that holds the first set. @param {Record<string, any>} [options] @param {any} [make] */
  async loaded(options, make) {
    const opened = this.open(options, make);
    await opened.source.ready();
    return opened;
  }

  reset() {
    this.now = 1_000_000;
    Object.assign(this.server, { requests: 0, headers: [], bytesSent: 0, cutShort: 0, answer: keys('first') });
  }

  closeSources() {
    for (const source of this.#sources) source.close();
    this.#sources = [];
  }
}

/** A rig for the tests of one file: it is reset before each. */
function useRig() {
  const rig = new Rig();
  before(() => rig.server.listen());
  beforeEach(() => rig.reset());
  afterEach(() => rig.closeSources());
  after(() => rig.server.close());
  return rig;
}

/** Waits until the fetch in the background has landed. @param {any} source */
const landed = (source) => {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  return Promise.race(['refresh', 'refresh-failed'].map((name) => once(source, name, { signal })));
};

module.exports = { COOLDOWN_MS, DEADLINE_MS, FRESH_MS, STALE_MS, UNAVAILABLE, kidsOf, landed, prepare, useRig };
