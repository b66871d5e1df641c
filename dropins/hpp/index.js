'use strict';

const { hpp } = require('./middleware');

module.exports = hpp;
