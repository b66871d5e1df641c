// @ts-nocheck TypeScript takes the second line of exports for a second kind of module.
'use strict';

const { mongoSanitize } = require('./middleware');

module.exports = mongoSanitize;
module.exports.default = mongoSanitize;
module.exports.has = mongoSanitize.has;
module.exports.sanitize = mongoSanitize.sanitize;
