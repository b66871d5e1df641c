// @ts-check
'use strict';

const { createSigner } = require('./create-signer');
const { createVerifier, readVerifier } = require('./create-verifier');
const { createKeyRing } = require('./key-ring');
const { decode } = require('./unverified');

module.exports = { createKeyRing, createSigner, createVerifier, decode, readVerifier };
