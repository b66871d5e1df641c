'use strict';

const { decode } = require('./decode');
const { JsonWebTokenError, NotBeforeError, TokenExpiredError } = require('./errors');
const { promises } = require('./promises');
const { sign } = require('./sign');
const { verify } = require('./verify');

module.exports = { JsonWebTokenError, NotBeforeError, TokenExpiredError, decode, promises, sign, verify };
