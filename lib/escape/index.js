// @ts-check
'use strict';

// Escapes text for the place where it is put. One file per place.

const { escapeHtml } = require('./html');

module.exports = { escapeHtml };
