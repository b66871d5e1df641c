'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const vm = require('node:vm');

const argon2 = require('argon2');
const nodeRs = require('@node-rs/argon2');

const { createPasswords } = require('../../lib/password');
const vectors = require('../vectors/password.json');

/** The cheapest cost there is: these tests are about the rules. */
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1, threads: 2 };

describe('password: hash and verify', () => {
  const passwords = createPasswords(CHEAP);

  it('accepts the password that was hashed and no other', async () => {
    const hash = await passwords.hash('correct horse');
    assert.match(hash, /^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.equal(await passwords.verify(hash, 'correct horse'), true);
    assert.equal(await passwords.verify(hash, 'correct horsf'), false);
    assert.notEqual(await passwords.hash('correct horse'), hash);
  });

  it('hashes at the cost that OWASP recommends by default', async () => {
    assert.match(await createPasswords().hash('x'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('accepts text and the bytes of it alike, and copies the bytes before it returns', async () => {
    const bytes = Buffer.from('pässwörd');
    const hashing = passwords.hash(bytes);
    bytes.fill(0);
    assert.equal(await passwords.verify(await hashing, 'pässwörd'), true);
    assert.equal(await passwords.verify(await hashing, new Uint8Array(Buffer.from('pässwörd'))), true);
  });

  it('accepts the same text in another normal form', async () => {
    const hash = await passwords.hash('Ame\u0301lie');
    assert.equal(await passwords.verify(hash, 'Am\u00e9lie'), true);
    assert.equal(await passwords.verify(hash, 'Amelie'), false);
    assert.equal(await passwords.verify(await passwords.hash('\ufb01'), 'fi'), false, 'NFC, not NFKC');
  });

  it('keeps NUL bytes, U+FFFD and long passwords apart', async () => {
    const texts = ['a', 'a\0', 'a\0b', '\ufffd', '\ufffd\ufffd', 'x'.repeat(1023), 'x'.repeat(1024), '🔑'.repeat(256)];
    for (const hashed of texts) {
      const hash = await passwords.hash(hashed);
      for (const text of texts) assert.equal(await passwords.verify(hash, text), text === hashed);
    }
  });

  it('returns false for a missing account, after the work of a verification', async () => {
    const { completed } = passwords.stats();
    assert.equal(await passwords.verify(null, 'anything'), false);
    assert.equal(await passwords.verify(undefined, 'anything'), false);
    assert.equal(passwords.stats().completed, completed + 2);
  });

  it('returns false for an empty password', async () => {
    const foreign = await nodeRs.hash('', { memoryCost: 8, timeCost: 1, parallelism: 1 });
    for (const empty of ['', new Uint8Array()]) assert.equal(await passwords.verify(foreign, empty), false);
  });

  it('accepts the strings of other writers', async () => {
    for (const { name, phc, password } of vectors.verified) {
      assert.equal(await passwords.verify(phc, password), true, name);
      assert.equal(await passwords.verify(phc, 'something else'), false, name);
    }
  });

  for (const [name, write, read] of /** @type {const} */ ([
    ['npm argon2', argon2.hash, argon2.verify],
    ['@node-rs/argon2', nodeRs.hash, nodeRs.verify],
  ])) {
    it(`writes what ${name} reads and reads what it writes`, async () => {
      for (const password of ['correct horse', 'pässwörd', '🔑\0🏰', 'x'.repeat(300)]) {
        assert.equal(await read(await passwords.hash(password), password), true);
        const options = { memoryCost: 64, timeCost: 2, parallelism: 2 };
        const theirs = await write(password, options);
        assert.equal(await passwords.verify(theirs, password), true, theirs);
        assert.equal(await passwords.verify(theirs, `${password}.`), false, theirs);
      }
    });
  }
});

describe('password: needsRehash', () => {
  it('returns true for every kind of hash but the current one', async () => {
    const passwords = createPasswords({ memoryKib: 64, passes: 2, lanes: 1 });
    const today = { memoryCost: 64, timeCost: 2, parallelism: 1 };
    assert.equal(passwords.needsRehash(await passwords.hash('x')), false);
    assert.equal(passwords.needsRehash(await argon2.hash('x', today)), false, 'another order is no other kind');
    for (const [what, change] of Object.entries({
      variant: { type: argon2.argon2i },
      version: { version: 0x10 },
      memory: { memoryCost: 65 },
      passes: { timeCost: 3 },
      lanes: { parallelism: 2 },
      tag: { hashLength: 24 },
      salt: { salt: Buffer.alloc(24) },
    })) {
      const theirs = await argon2.hash('x', { ...today, ...change });
      assert.equal(passwords.needsRehash(theirs), true, what);
    }
  });

  it('takes options and bytes of another realm, as under Jest', async () => {
    const { options, bytes } = vm.runInNewContext(`({
      options: { memoryKib: 8, passes: 1, lanes: 1, threads: 1 },
      bytes: new Uint8Array([112, 97, 115, 115]),
    })`);
    const passwords = createPasswords(options);
    assert.equal(await passwords.verify(await passwords.hash(bytes), 'pass'), true);
    passwords.close();
  });
});
