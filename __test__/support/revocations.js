// @ts-check
'use strict';

const { Revocations } = require('../../lib/revocations');
const { readOptions } = require('../../lib/revocations/options');
const { Table } = require('../../lib/revocations/table');

let tables = 0;

/**
 * Revocations with a table of their own, as another process has it. In one process the same name would be the same table.
 * @param {import('../..').RevocationsOptions} options @returns {import('../..').Revocations}
 */
function anotherProcess(options) {
  tables += 1;
  const checked = readOptions(options);
  const table = new Table(`process ${tables}`, checked.maxEntries, checked.clock);
  return /** @type {any} */ (new Revocations(checked, table));
}

/** @param {import('../..').Revocations} revocations @param {string} jti */
function knows(revocations, jti) {
  try {
    return revocations.isRevoked({ jti });
  } catch {
    return false;
  }
}

const later = () => Math.floor(Date.now() / 1000) + 3600;

module.exports = { anotherProcess, knows, later };
