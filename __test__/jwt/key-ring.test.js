'use strict';

const assert = require('node:assert/strict');
const { createPublicKey, generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');

const { createKeyRing, createSigner, createVerifier } = require('portcullis');

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const [OLD, NEW] = [keyPair(), keyPair()];

describe('jwt key ring', () => {
  it('refuses another key of an id that it holds, and goes on as before', () => {
    const ring = createKeyRing({ current: { key: OLD, keyId: 'main' }, previous: [{ key: NEW, keyId: 'before' }] });
    const [signer, verifier] = [createSigner({ keys: ring }), createVerifier({ keys: ring })];
    for (const act of [ring.rotate, ring.announce]) {
      assert.throws(() => act.call(ring, { key: NEW, keyId: 'main' }), { code: 'ERR_JWT_KEY' });
      assert.throws(() => act.call(ring, { key: OLD, keyId: 'before' }), { code: 'ERR_JWT_KEY' });
    }
    assert.deepEqual(ring.keyIds, ['main', 'before']);
    assert.equal(verifier.verify(signer.sign({ sub: 'ada' })).sub, 'ada');
  });

  it('signs on with a key whose public half is announced', () => {
    const ring = createKeyRing({ current: OLD });
    ring.announce(createPublicKey(OLD));
    const token = createSigner({ keys: ring }).sign({ sub: 'ada' });
    assert.equal(createVerifier({ keys: ring }).verify(token).sub, 'ada');
  });

  it('rejects a token whose key is retired while the pool is at it', async () => {
    const ring = createKeyRing({ current: { key: OLD, keyId: 'old' } });
    const token = createSigner({ keys: ring }).sign({ sub: 'ada' });
    const verifier = createVerifier({ keys: ring });
    ring.rotate({ key: NEW, keyId: 'new' });
    const pending = [verifier.verifyAsync(token), verifier.verifyMany([token])];
    ring.retire('old');
    await assert.rejects(pending[0], { code: 'ERR_JWT_KEY_UNKNOWN' });
    const [result] = await pending[1];
    assert.equal(result.error?.code, 'ERR_JWT_KEY_UNKNOWN');
  });
});
