// @ts-check
'use strict';

// Reports probes in requests. It never blocks a request and never changes one.

const { callHook } = require('../support/hook');
const { Options } = require('../support/options');
const { createThreatScanner, readScanner } = require('./scanner');
const { SOURCES, textsOf } = require('./sources');

/** @typedef {import('./sources').Source} Source */
/** @typedef {InstanceType<typeof Options>} OptionReader */

const MAX_TEXTS = { min: 1, max: 10_000, fallback: 200 };
const MAX_TOTAL_LENGTH = { min: 16, max: 16 * 1024 * 1024, fallback: 64 * 1024 };
// A scanner sends hundreds of probes in one body; a few reports tell as much.
const MAX_REPORTS = { min: 1, max: 1_000, fallback: 16 };

/** @type {import('../support/options/list').Kind<Source>} */
const SOURCE = {
  one: `one of ${SOURCES.map((name) => `"${name}"`).join(', ')}`,
  many: 'sources',
  isText: true,
  read: (entry) => (SOURCES.includes(entry) ? entry : undefined),
};

/** @param {unknown} given */
function threats(given) {
  const options = new Options('PATTERNS', 'threats', given);
  const onReport = options.function('onReport', { required: true });
  const sources = options.list('sources', { of: SOURCE }) ?? SOURCES;
  const { scan } = readScanner(options);
  const budget = {
    texts: options.integer('maxTexts', MAX_TEXTS.fallback, MAX_TEXTS),
    length: options.integer('maxTotalLength', MAX_TOTAL_LENGTH.fallback, MAX_TOTAL_LENGTH),
  };
  const maxReports = options.integer('maxReports', MAX_REPORTS.fallback, MAX_REPORTS);
  options.done();

  return function threats(
    /** @type {any} */ req,
    /** @type {unknown} */ _res,
    /** @type {(error?: unknown) => void} */ next,
  ) {
    let reports = 0;
    try {
      for (const { source, pointer, text } of textsOf(req, sources, budget)) {
        for (const { category, rule } of scan(text)) {
          if (reports++ >= maxReports) break;
          callHook('threats: onReport', /** @type {any} */ (onReport), { category, rule, source, pointer, req });
        }
        if (reports >= maxReports) break;
      }
    } catch {
      // What another middleware left on the request threw when it was read; that is no reason to stop the request.
    }
    next();
  };
}

/** @type {ReturnType<typeof createThreatScanner> | undefined} */
let scanner;

/** Scans one text for all categories, with the defaults. @param {string} text */
threats.scan = function scan(text) {
  scanner ??= createThreatScanner();
  return scanner.scan(text);
};

module.exports = { threats };
