// @ts-check
'use strict';

const { writeQuery } = require('../../lib/support/query');
const { clean } = require('./clean');

function xssClean() {
  /** @param {any} req @param {unknown} _res @param {() => void} next */
  return function xssCleaner(req, _res, next) {
    if (req.body) req.body = clean(req.body);
    if (req.query) writeQuery(req, clean(req.query));
    if (req.params) req.params = clean(req.params);
    next();
  };
}

xssClean.clean = clean;

module.exports = { xssClean };
