'use strict';

// The bounds of core are the bounds that the types promise, and no option is accepted beyond them.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const portcullis = require('portcullis');

const { BOUNDS } = require('../../lib/support/bounds');
const { SECRET: KEY } = require('./secret');

/** What reads each area's options. @type {Record<string, (options: object) => unknown>} */
const FACTORIES = {
  JWT: (options) => portcullis.createVerifier({ key: KEY, ...options }),
  REVOCATIONS: (options) => portcullis.createRevocations({ name: `bounds ${JSON.stringify(options)}`, ...options }),
  PASSWORD: (options) => portcullis.createPasswords(options),
  RATE_LIMIT: (options) => portcullis.rateLimit(options),
  INPUT: (options) => portcullis.json(options),
  HTML: (options) => portcullis.createHtmlSanitizer(options),
  SVG: (options) => portcullis.createSvgSanitizer(options),
  PATTERNS: (options) => portcullis.createPatterns(['a'], options),
};
// Bounds of things that are no option of a factory.
const OTHERS = new Set(['JWT keys', 'INPUT parameterLimit']);
const TYPES = {
  JWT: 'jwt',
  REVOCATIONS: 'revocations',
  PASSWORD: 'password',
  RATE_LIMIT: 'rate-limit',
  INPUT: 'input',
  HTML: 'html',
  SVG: 'svg',
  PATTERNS: 'patterns',
};

describe('bounds', () => {
  for (const [area, options] of Object.entries(BOUNDS)) {
    for (const [name, { min, max, fallback }] of Object.entries(options)) {
      if (OTHERS.has(`${area} ${name}`)) continue;

      it(`accepts ${area} ${name} at its bounds and refuses what lies beyond`, () => {
        const code = new RegExp(`^ERR_${area}_OPTION_RANGE$`);
        for (const value of [min - 1, max + 1]) {
          assert.throws(() => FACTORIES[area]({ [name]: value }), { name: 'RangeError', code });
        }
        // The lanes of a hash need memory for each of them.
        const others = name === 'lanes' ? { memoryKib: BOUNDS.PASSWORD.memoryKib.max } : {};
        for (const value of [min, fallback, max]) FACTORIES[area]({ ...others, [name]: value });
      });

      it(`names the upper bound of ${area} ${name} in the types`, () => {
        const types = readFileSync(join(__dirname, `../../types/${TYPES[area]}.d.ts`), 'utf8');
        assert.ok(
          types.includes(max.toLocaleString('en-US')) || types.includes(String(max)),
          `types/${TYPES[area]}.d.ts does not name ${max.toLocaleString('en-US')}`,
        );
      });
    }
  }
});
