// @ts-check
'use strict';

const { createParser } = require("./json/parse"); module.exports = {json:createParser};
