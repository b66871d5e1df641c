'use strict';

// In a process of its own: a warning is given once, and no other test may have had it.

const assert = require('node:assert/strict');
const { createSecretKey, randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { describe, it } = require('node:test');

const ours = require('portcullis/jsonwebtoken');

const { PAIRS, rsa1024 } = require('./keys');

describe('dropins/jsonwebtoken, weak keys', () => {
  /** The warnings of what the work does. */
  async function warningsOf(work) {
    const seen = [];
    const onWarning = (warning) => seen.push(warning);
    process.on('warning', onWarning);
    await work();
    // Warnings come in a later tick, in turn.
    process.emitWarning('the last one', { code: 'LAST' });
    while (seen.at(-1)?.code !== 'LAST') await once(process, 'warning');
    process.off('warning', onWarning);
    return seen.slice(0, -1);
  }

  it('warns once of a short secret, whatever its form, and never shows it', async () => {
    const secret = 'a-short-secret';
    const warnings = await warningsOf(() => {
      for (let i = 0; i < 3; i++) {
        ours.verify(ours.sign({}, secret), secret);
        ours.verify(ours.sign({}, Buffer.from(secret)), createSecretKey(Buffer.from(secret)), {
          algorithms: ['HS256'],
        });
      }
    });
    assert.deepEqual(
      warnings.map(({ code, name }) => [code, name]),
      [['PORTCULLIS_WEAK_KEY', 'SecurityWarning']],
    );
    assert.doesNotMatch(warnings[0].message, /a-short/);
  });

  it('warns of a secret that is short for its hash alone', async () => {
    const secret = randomBytes(40);
    const signed = ours.sign({}, secret, { algorithm: 'HS256' });
    assert.deepEqual(await warningsOf(() => ours.verify(signed, secret)), []);
    const warnings = await warningsOf(() => ours.sign({}, secret, { algorithm: 'HS512' }));
    assert.match(warnings.map(({ message }) => message).join(), /^portcullis\/jsonwebtoken: .* 64 bytes that HS512/);
  });

  it('warns once of a small RSA key', async () => {
    const options = { algorithm: 'RS256', allowInsecureKeySizes: true };
    const warnings = await warningsOf(() => {
      for (let i = 0; i < 3; i++) ours.verify(ours.sign({}, rsa1024.privateKey, options), rsa1024.publicKey);
    });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['PORTCULLIS_WEAK_KEY'],
    );
  });

  it('does not warn of good keys', async () => {
    const warnings = await warningsOf(() => {
      for (const [algorithm, privateKey, publicKey] of PAIRS) {
        ours.verify(ours.sign({}, privateKey, { algorithm }), publicKey);
      }
    });
    assert.deepEqual(warnings, []);
  });
});
