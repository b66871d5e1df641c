// @ts-check
'use strict';

const { createPatterns } = require('./patterns');
const { createThreatScanner } = require('./scanner');
const { threats } = require('./threats');

module.exports = { createPatterns, createThreatScanner, threats };
