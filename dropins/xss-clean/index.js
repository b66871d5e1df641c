// @ts-nocheck TypeScript takes the second line of exports for a second kind of module.
'use strict';

const { xssClean } = require('./middleware');

module.exports = xssClean;
module.exports.clean = xssClean.clean;
