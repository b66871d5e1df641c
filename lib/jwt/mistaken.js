// @ts-check
'use strict';

// Help at the point of misuse: what was given in place of a token.

const { show } = require('../support/options/given');

/** What a program gave in place of a token; for logs, like every message. @param {unknown} token */
function mistaken(token) {
  if (typeof token === 'number') return ': it must be a string, not a number';
  if (typeof token !== 'string' || token === '') return `: it must be a string, not ${show(token)}`;
  if (/^bearer /i.test(token)) return ': pass the token without "Bearer "';
  return /^["']|\s$/.test(token) ? ': remove the quotation marks or the space around it' : '';
}

module.exports = { mistaken };
