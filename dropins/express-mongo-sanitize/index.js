'use strict';

const { mongoSanitize } = require('./middleware');

module.exports = mongoSanitize;
