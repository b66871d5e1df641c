// @ts-check
'use strict';

// Help at the point of misuse: what was given in place of a token.

const { show } = require('../support/options/given');

/** What a program gave in place of a token; for logs, like every message. @param {unknown} token */
function mistaken(token) {
  if (typeof token === 'number') return ': it must be text, not a number';
  if (typeof token !== 'string' || token === '') return `: it must be text, not ${show(token)}`;
  if (/^bearer /i.test(token)) return ': give the token without "Bearer " before it';
  return /^["']|\s$/.test(token) ? ': it stands in quotation marks, or ends in a blank' : '';
}

module.exports = { mistaken };
