// @ts-check
'use strict';

const { authenticate } = require('./authenticate');
const { authorize } = require('./authorize');
const { tokenCookie } = require('./token-cookie');

module.exports = { authenticate, authorize, tokenCookie };
