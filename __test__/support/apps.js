// @ts-check
'use strict';

// The Express majors that every middleware test runs on.

/** @type {Array<[name: string, express: any]>} */
module.exports = [
  ['Express 4', require('express4')],
  ['Express 5', require('express')],
];
