// @ts-check
'use strict';

// A self-signed X.509 certificate (RFC 5280 section 4.1) of a key pair: what a test needs of one, and no more.

const { sign } = require('node:crypto');

const SEQUENCE = 0x30;

/** @param {number} tag @param {...Uint8Array} parts */
function element(tag, ...parts) {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** The algorithm identifiers of the signature, and the hash. @type {Record<string, [string, string | null]>} */
const SIGNATURES = {
  rsa: ['300d06092a864886f70d01010b0500', 'sha256'],
  ec: ['300a06082a8648ce3d040302', 'sha256'],
  ed25519: ['300506032b6570', null],
};

/** @param {string} text YYMMDDhhmmssZ */
const time = (text) => element(0x17, Buffer.from(text));

/** @param {string} text */
const name = (text) =>
  element(
    SEQUENCE,
    element(0x31, element(SEQUENCE, Buffer.from('0603550403', 'hex'), element(0x0c, Buffer.from(text)))),
  );

/** @param {{ publicKey: import('node:crypto').KeyObject, privateKey: import('node:crypto').KeyObject }} pair @returns {Buffer} DER */
function certificate({ publicKey, privateKey }) {
  const [identifier, hash] = SIGNATURES[publicKey.asymmetricKeyType ?? ''];
  const algorithm = Buffer.from(identifier, 'hex');
  const body = element(
    SEQUENCE,
    element(0xa0, Buffer.from('020102', 'hex')),
    Buffer.from('020101', 'hex'),
    algorithm,
    name('portcullis test'),
    element(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    name('portcullis test'),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  return element(SEQUENCE, body, algorithm, element(0x03, Buffer.from([0]), sign(hash, body, privateKey)));
}

/** @param {Buffer} der @param {string} label */
function pem(der, label) {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

module.exports = { certificate, pem };
