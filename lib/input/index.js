// @ts-check
'use strict';

const { guard } = require('./guard');
const { prepareInput } = require('./input');
const { json } = require('./json');
const { parseJson } = require('./parse-json');
const { urlencoded } = require('./urlencoded');

module.exports = { guard, json, parseJson, prepareInput, urlencoded };
