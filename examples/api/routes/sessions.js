'use strict';

// A session is a family of refresh tokens, and access tokens with the family's id as `sid`: ending it ends both.

const { randomUUID } = require('node:crypto');
const express = require('express');
const { createRefreshTokens, createSigner, rateLimit } = require('portcullis');

const { readCredentials, readMembers, readText } = require('../input');
const { Problem } = require('../problem');

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const MAX_REFRESH_TOKEN_LENGTH = 100;

function sessions({ db, config, passwords, revocations, signedIn }) {
  const { key, issuer, audience, lifetimeSeconds } = config.jwt;
  const signer = createSigner({ key, algorithm: 'HS256', expiresInSeconds: lifetimeSeconds, issuer, audience });
  const refreshTokens = createRefreshTokens();
  // A stolen refresh token was used: access tokens that the thief got for it end too.
  refreshTokens.on('reuse', ({ familyId }) => void revocations.revokeSession(familyId));
  const router = express.Router();

  /** The access token is dated to the rotation, so that a log-out that comes before this response ends it as well. */
  const respond = (account, { token, familyId, issuedAt }) => ({
    token: signer.sign({
      sub: account.id,
      roles: account.roles,
      jti: randomUUID(),
      sid: familyId,
      iat: Math.floor(issuedAt.getTime() / 1000),
    }),
    expiresInSeconds: lifetimeSeconds,
    refreshToken: token,
  });

  router.post('/login', logInsByAddress(), readCredentials, logInsByAccount(), async (_req, res) => {
    const { email, password } = res.locals.credentials;
    const [account] = await db.query('SELECT id, password_hash, roles FROM accounts WHERE email = $1', [email]);
    // An unknown account also costs one hash, so that the response time does not reveal who has an account.
    const isRight = await passwords.verify(account?.password_hash ?? null, password);
    if (!account || !isRight) throw new Problem(401, 'The e-mail address or the password is wrong');
    res.json(respond(account, await refreshTokens.issue({ subject: account.id })));
  });

  router.post('/refresh', logInsByAddress(), async (req, res) => {
    const { refreshToken } = readMembers(req.body, ['refreshToken']);
    const max = MAX_REFRESH_TOKEN_LENGTH;
    const rotated = await refreshTokens.rotate(readText(refreshToken, 'refreshToken', { max }));
    // Roles may have changed since the log-in.
    const [account] = await db.query('SELECT id, roles FROM accounts WHERE id = $1', [rotated.subject]);
    if (!account) throw new Problem(401, 'This account is gone');
    res.json(respond(account, rotated));
  });

  router.post('/logout', signedIn, async (req, res) => {
    const { sid } = req.auth.claims;
    await Promise.all([revocations.revokeSession(sid), refreshTokens.revokeFamily(sid)]);
    res.sendStatus(204);
  });

  router.post('/logout/everywhere', signedIn, async (req, res) => {
    const { sub } = req.auth.claims;
    // In this order: no rotation succeeds after the first, and the second ends the access tokens of those before it.
    await refreshTokens.revokeSubject(sub);
    await revocations.revokeSubject(sub);
    res.sendStatus(204);
  });

  return router;
}

const logInsByAddress = () => rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 30 });

/** Guesses against one account are counted together, whatever address they come from. */
const logInsByAccount = () =>
  rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 10, keyGenerator: (_req, res) => res.locals.credentials.email });

module.exports = { sessions };
