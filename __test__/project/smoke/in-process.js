'use strict';

// What needs no server: asymmetric keys, the drop-in, the limiter's own interface, errors, and worker threads.

const assert = require('node:assert/strict');
const { generateKeyPairSync } = require('node:crypto');
const { once } = require('node:events');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const { RedisStore, createLimiter, createPasswords, createSigner, createVerifier, sanitizeSvg } = require('portcullis');
const escapeHtml = require('portcullis/escape-html');
const mongoSanitize = require('portcullis/express-mongo-sanitize');
const hpp = require('portcullis/hpp');
const jwt = require('portcullis/jsonwebtoken');
const xss = require('portcullis/xss-clean');

const KEY = 'a-secret-of-this-test-of-more-than-32-bytes';
const PEM = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
const KEY_PAIRS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048, ...PEM }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256', ...PEM }),
  EdDSA: () => generateKeyPairSync('ed25519', PEM),
};
const ENDS = {
  finishes: 'finishes its work',
  exits: 'exits with work in flight',
  stays: 'is terminated with work in flight',
};

const inProcess = {
  ...Object.fromEntries(Object.entries(KEY_PAIRS).map(([alg, make]) => [`tokens, ${alg}`, () => checkKeys(alg, make)])),
  'drop-in for jsonwebtoken': () => {
    const token = jwt.sign({ sub: 'ada' }, KEY, { expiresIn: '1 min' });
    assert.equal(jwt.verify(token, KEY).sub, 'ada');
    assert.throws(() => jwt.verify(token, `${KEY}x`), jwt.JsonWebTokenError);
  },
  'drop-in for escape-html': () => assert.equal(escapeHtml('<b>'), '&lt;b&gt;'),
  'drop-ins for input': () => {
    const req = { headers: {}, query: { a: ['1', '<b>'], $ne: '' } };
    for (const middleware of [mongoSanitize(), hpp(), xss()]) middleware(req, {}, () => {});
    assert.deepEqual(req.query, { a: '&lt;b>' });
  },
  limiter: () => {
    const limiter = createLimiter({ limit: 2, windowMs: 60_000, algorithm: 'gcra' });
    assert.deepEqual(
      [1, 2, 3].map(() => limiter.consume('ada').allowed),
      [true, true, false],
    );
  },
  svg: () => {
    const root = '<svg xmlns="http://www.w3.org/2000/svg"';
    assert.equal(sanitizeSvg(Buffer.from(`${root}><script>1</script><g onclick="1"/></svg>`)), `${root}><g/></svg>`);
    assert.throws(() => sanitizeSvg('<svg'), { code: 'ERR_SVG_SYNTAX', status: 400 });
  },
  'redis store, errors': () => assert.throws(() => new RedisStore({ client: {} }), { code: 'ERR_REDIS_OPTION' }),
  ...Object.fromEntries(
    Object.entries(ENDS).map(([end, name]) => [`a worker thread that ${name}`, () => checkWorkers(end)]),
  ),
  'this thread after those threads': async () => {
    const passwords = createPasswords();
    assert.equal(await passwords.verify(await passwords.hash('a password'), 'a password'), true);
    await passwords.close();
  },
};

function checkKeys(algorithm, make) {
  const { privateKey, publicKey } = make();
  const token = createSigner({ key: privateKey, algorithm, expiresInSeconds: 60 }).sign({ sub: 'ada' });
  const verifier = createVerifier({ key: publicKey, algorithms: [algorithm] });
  assert.equal(verifier.verify(token).sub, 'ada');
  assert.throws(() => verifier.verify(`${token.slice(0, -8)}AAAAAAAA`), { code: /^ERR_JWT_/ });
}

async function checkWorkers(end) {
  const workers = Array.from({ length: 3 }, () => new Worker(join(__dirname, 'worker.js'), { workerData: end }));
  await Promise.all(
    workers.map(async (worker) => {
      const exited = once(worker, 'exit');
      const [message] = await once(worker, 'message');
      assert.deepEqual(message, { sub: 'worker', hashes: end === 'finishes' ? 8 : 0 });
      if (end === 'stays') await worker.terminate();
      await exited;
    }),
  );
}

module.exports = { inProcess };
