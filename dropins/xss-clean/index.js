'use strict';

const { xssClean } = require('./middleware');

module.exports = xssClean;
