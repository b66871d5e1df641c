// @ts-check
'use strict';

// Escapes text for the place where it is put. One file per place; the template `html` knows the places of HTML.

const { escapeAttribute, escapeUnquotedAttribute } = require('./attribute');
const { escapeCssString } = require('./css-string');
const { escapeCsv } = require('./csv');
const { escapeHtml } = require('./html');
const { escapeJsString } = require('./js-string');
const { jsonForScript } = require('./json');
const { escapeLog } = require('./log');
const { dangerouslyTrustHtml, html } = require('./template');
const { safeUrl } = require('./url');
const { escapeUrlComponent } = require('./url-component');

module.exports = {
  dangerouslyTrustHtml,
  escapeAttribute,
  escapeCssString,
  escapeCsv,
  escapeHtml,
  escapeJsString,
  escapeLog,
  escapeUnquotedAttribute,
  escapeUrlComponent,
  html,
  jsonForScript,
  safeUrl,
};
