'use strict';

// A session is a family of refresh tokens, and access tokens that bear its id as `sid`: ending it ends both.

const { randomUUID } = require('node:crypto');
const express = require('express');
const { createRefreshTokens, createSigner, rateLimit } = require('portcullis');

const { readCredentials, readMembers, readText } = require('../input');
const { Problem } = require('../problem');

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const TOKEN_SECONDS = 15 * 60;
const MAX_REFRESH_TOKEN_LENGTH = 100;

function sessions({ db, config, passwords, revocations, signedIn }) {
  const { key, issuer, audience } = config.jwt;
  const signer = createSigner({ key, algorithm: 'HS256', expiresInSeconds: TOKEN_SECONDS, issuer, audience });
  const refreshTokens = createRefreshTokens();
  const router = express.Router();

  const answer = (account, sid, refreshToken) => ({
    token: signer.sign({ sub: account.id, roles: account.roles, jti: randomUUID(), sid }),
    expiresInSeconds: TOKEN_SECONDS,
    refreshToken,
  });

  router.post('/login', logInsByAddress(), readCredentials, logInsByAccount(), async (_req, res) => {
    const { email, password } = res.locals.credentials;
    const [account] = await db.query('SELECT id, password_hash, roles FROM accounts WHERE email = $1', [email]);
    // An unknown account costs one hash too: the time of the answer tells nothing about who has one.
    const isRight = await passwords.verify(account?.password_hash ?? null, password);
    if (!account || !isRight) throw new Problem(401, 'The e-mail address or the password is wrong');
    const { token, familyId } = await refreshTokens.issue({ subject: account.id });
    res.json(answer(account, familyId, token));
  });

  router.post('/refresh', logInsByAddress(), async (req, res) => {
    const { refreshToken } = readMembers(req.body, ['refreshToken']);
    const max = MAX_REFRESH_TOKEN_LENGTH;
    const { token, subject, familyId } = await refreshTokens.rotate(readText(refreshToken, 'refreshToken', { max }));
    // Roles may have changed since the log-in.
    const [account] = await db.query('SELECT id, roles FROM accounts WHERE id = $1', [subject]);
    if (!account) throw new Problem(401, 'This account is gone');
    res.json(answer(account, familyId, token));
  });

  router.post('/logout', signedIn, async (req, res) => {
    const { sid } = req.auth.claims;
    await Promise.all([revocations.revokeSession(sid), refreshTokens.revokeFamily(sid)]);
    res.sendStatus(204);
  });

  router.post('/logout/everywhere', signedIn, async (req, res) => {
    const { sub } = req.auth.claims;
    await Promise.all([revocations.revokeSubject(sub), refreshTokens.revokeSubject(sub)]);
    res.sendStatus(204);
  });

  return router;
}

const logInsByAddress = () => rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 30 });

/** Guesses against one account are counted together, from wherever they come. */
const logInsByAccount = () =>
  rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 10, keyGenerator: (_req, res) => res.locals.credentials.email });

module.exports = { sessions };
