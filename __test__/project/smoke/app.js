'use strict';

// One Express 5 app with a route for every area of Portcullis.

const { randomUUID } = require('node:crypto');
const express = require('express');
const {
  authenticate,
  createPasswords,
  createRefreshTokens,
  createRevocations,
  createSigner,
  createVerifier,
  errorHandler,
  escapeHtml,
  harden,
  httpsOnly,
  rateLimit,
  tokenCookie,
} = require('portcullis');

const KEY = 'a-secret-of-this-test-of-more-than-32-bytes';
const ORIGIN = 'https://app.example.com';

function createApp() {
  const revocations = createRevocations();
  const passwords = createPasswords({ threads: 2 });
  const verifier = createVerifier({ key: KEY, algorithms: ['HS256'], revocations });
  const app = express();
  app.use(harden({ preset: 'api', cors: { origin: ORIGIN } }));
  addSessions(app, { revocations, passwords, verifier });
  app.get('/health', (_req, res) => res.json({ ok: true }));
  app.post('/echo', (req, res) => res.json(req.body));
  app.get('/greet', (req, res) => res.type('html').send(`<p>${escapeHtml(req.query.name)}</p>`));
  app.get('/limited', rateLimit({ limit: 2, windowMs: 60_000 }), (_req, res) => res.json({ ok: true }));
  app.get('/secure', httpsOnly(), (_req, res) => res.json({ ok: true }));
  app.get('/broken', () => {
    throw new Error('a secret of the database');
  });
  app.use(errorHandler({ onError: () => {} }));
  return { app, passwords };
}

function addSessions(app, { revocations, passwords, verifier }) {
  const signer = createSigner({ key: KEY, algorithm: 'HS256', expiresInSeconds: 60 });
  const refreshTokens = createRefreshTokens();
  const cookie = tokenCookie();
  const hashes = new Map();
  const answer = (subject, { token, familyId }) => ({
    token: signer.sign({ sub: subject, jti: randomUUID(), sid: familyId }),
    refreshToken: token,
  });
  app.post('/signup', async (req, res) => {
    hashes.set(req.body.name, await passwords.hash(req.body.password));
    res.sendStatus(201);
  });
  app.post('/login', async (req, res) => {
    const { name, password } = req.body;
    if (!(await passwords.verify(hashes.get(name) ?? null, password))) return res.sendStatus(401);
    const answered = answer(name, await refreshTokens.issue({ subject: name }));
    cookie.set(res, answered.token);
    return res.json(answered);
  });
  app.post('/refresh', async (req, res) => {
    const rotated = await refreshTokens.rotate(req.body.refreshToken);
    res.json(answer(rotated.subject, rotated));
  });
  const signedIn = authenticate({ verifier, cookie: true });
  app.all('/me', signedIn, (req, res) => res.json({ sub: req.auth.claims.sub }));
  app.post('/logout', signedIn, async (req, res) => {
    await revocations.revokeSession(req.auth.claims.sid);
    res.sendStatus(204);
  });
}

module.exports = { ORIGIN, createApp };
