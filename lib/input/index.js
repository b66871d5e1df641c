// @ts-check
'use strict';

const { json } = require('./json');

module.exports = { json };
