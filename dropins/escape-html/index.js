'use strict';

const { escapeHtml } = require('./escape');

module.exports = escapeHtml;
