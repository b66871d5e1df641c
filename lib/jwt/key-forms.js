// @ts-check
'use strict';

// Every form a key may come in, turned at set-up into what core takes: a secret's bytes, or the DER of a public or private
// key. A text that shows the marks of a key is a key or an error; it never becomes a secret.

const { KeyObject, X509Certificate, createPrivateKey, createPublicKey } = require('node:crypto');
const { isUint8Array } = require('node:util/types');

const { isJwk, readJwk, unfit } = require('./jwk');

/** @typedef {import('./jwk').ReadKey} ReadKey */

const PEM_MARK = '-----BEGIN ';
const PEM_LABELS = /-----BEGIN ([A-Z0-9 ]+)-----/g;
const DER_SEQUENCE = 0x30;

/**
 * @param {unknown} value
 * @param {'verify' | 'sign'} purpose
 * @param {string} [passphrase]
 * @returns {ReadKey | undefined} undefined where the value is of no form at all
 */
function readKeyForm(value, purpose, passphrase) {
  if (value instanceof KeyObject) return fromKeyObject(value);
  // Bytes that were transferred to another thread have a length of 0.
  if (isUint8Array(value) && value.length === 0) return { kind: 'secret', bytes: value };
  if (isUint8Array(value)) return fromBytes(Buffer.from(value.buffer, value.byteOffset, value.byteLength), passphrase);
  if (typeof value === 'string') return fromText(value, passphrase);
  return isJwk(value) ? readJwk(value, purpose) : undefined;
}

/** @param {KeyObject} object @returns {ReadKey} */
function fromKeyObject(object) {
  if (object.type === 'secret') return { kind: 'secret', bytes: object.export() };
  return { kind: object.type, object };
}

/** @param {string} text @param {string} [passphrase] @returns {ReadKey | undefined} */
function fromText(text, passphrase) {
  if (text.includes(PEM_MARK)) return fromPem(text, passphrase);
  return text.isWellFormed() ? { kind: 'secret', bytes: Buffer.from(text, 'utf8') } : undefined;
}

/** @param {Buffer} bytes @param {string} [passphrase] @returns {ReadKey} */
function fromBytes(bytes, passphrase) {
  if (bytes.includes(PEM_MARK)) return fromPem(bytes.toString('utf8'), passphrase);
  const key = bytes[0] === DER_SEQUENCE ? fromDer(bytes, passphrase) : undefined;
  return key ?? { kind: 'secret', bytes: Buffer.from(bytes) };
}

/** @param {string} pem @param {string} [passphrase] @returns {ReadKey} */
function fromPem(pem, passphrase) {
  const labels = Array.from(pem.matchAll(PEM_LABELS), ([, label]) => label);
  try {
    // A bundle that holds a private key is private, whatever stands beside it.
    if (labels.some((label) => label.includes('PRIVATE'))) {
      return { kind: 'private', object: createPrivateKey({ key: pem, passphrase }) };
    }
    if (labels[0] === 'CERTIFICATE') return { kind: 'public', object: new X509Certificate(pem).publicKey };
    return { kind: 'public', object: createPublicKey(pem) };
  } catch (error) {
    throw unreadable(pem, error, passphrase);
  }
}

/** @param {Buffer} der @param {string} [passphrase] @returns {ReadKey | undefined} */
function fromDer(der, passphrase) {
  /** @type {Array<() => ReadKey>} */
  const forms = [
    () => ({ kind: 'public', object: createPublicKey({ key: der, format: 'der', type: 'spki' }) }),
    () => ({ kind: 'private', object: createPrivateKey({ key: der, format: 'der', type: 'pkcs8', passphrase }) }),
    // The private form first: createPublicKey would take it too, and make a public key of it.
    () => ({ kind: 'private', object: createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }) }),
    () => ({ kind: 'public', object: createPublicKey({ key: der, format: 'der', type: 'pkcs1' }) }),
    () => ({ kind: 'private', object: createPrivateKey({ key: der, format: 'der', type: 'sec1' }) }),
    () => ({ kind: 'public', object: new X509Certificate(der).publicKey }),
  ];
  for (const form of forms) {
    try {
      return form();
    } catch {
      // Not of this form; core refuses what is DER of no form.
    }
  }
  return undefined;
}

/**
 * The engine's own text may quote the input, so only what it means is told.
 * @param {string} pem @param {any} error @param {string} [passphrase]
 */
function unreadable(pem, error, passphrase) {
  const isLocked = /passphrase|bad decrypt|interrupted or cancelled/i.test(String(error?.message));
  if (isLocked && passphrase === undefined) return unfit('is encrypted; pass its `passphrase`');
  if (isLocked) return unfit('cannot be decrypted: the passphrase is wrong');
  if (pem.includes('\\n')) {
    return unfit(
      "is a PEM text with a backslash and an n instead of line breaks; pass text.replaceAll('\\\\n', '\\n')",
    );
  }
  if (!pem.trim().includes('\n')) return unfit('is a PEM text without line breaks; every line must end in one');
  return unfit(
    'is a PEM text that cannot be read; pass one complete block, from the BEGIN line to the END line, without indentation or quotation marks',
  );
}

module.exports = { readKeyForm };
