'use strict';

// Refresh tokens that each test of a store begins with.

const { beforeEach } = require('node:test');

const { fakeClock } = require('./fake-clock');
const { createRefreshTokens } = require('../..');

const refused = (code, status = 401) => ({ name: 'PortcullisError', code: `ERR_REFRESH_TOKENS_${code}`, status });

/** The clock, the refresh tokens and their events are new before each test. @param {() => { options: object }} open options of the store */
function useRefreshTokens(open) {
  /** @type {any} */
  const rig = {
    /** As `refreshTokens` of the rig, with more options; from here on the rig's events are those of this one. */
    make(options = {}) {
      const made = createRefreshTokens({ clock: rig.clock, ...open().options, ...options });
      rig.events = [];
      made.on('reuse', (event) => rig.events.push(event));
      return made;
    },
  };
  beforeEach(() => {
    rig.clock = fakeClock();
    rig.refreshTokens = rig.make();
  });
  return rig;
}

module.exports = { refused, useRefreshTokens };
