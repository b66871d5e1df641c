// @ts-check
'use strict';

// All rules by category. Their names are part of the API: add, never rename.

const command = require('./command');
const path = require('./path');
const sql = require('./sql');
const xss = require('./xss');

/** @typedef {'sql' | 'path' | 'command' | 'xss'} Category */

/** `unless`: a text that matches it is not reported for the category. @type {Record<Category, { rules: Record<string, RegExp>, unless?: RegExp }>} */
const RULES = { sql, path, command, xss };

const CATEGORIES = /** @type {Category[]} */ (Object.keys(RULES));

module.exports = { CATEGORIES, RULES };
