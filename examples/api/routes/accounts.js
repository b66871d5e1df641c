'use strict';

const express = require('express');
const { createSigner, rateLimit } = require('portcullis');

const { readEmail, readMembers, readText } = require('../input');
const { Problem } = require('../problem');

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const TOKEN_SECONDS = 15 * 60;
const UNIQUE_VIOLATION = '23505';

function accounts({ db, config, passwords, signedIn }) {
  const { key, issuer, audience } = config.jwt;
  const signer = createSigner({ key, algorithm: 'HS256', expiresInSeconds: TOKEN_SECONDS, issuer, audience });
  const router = express.Router();

  router.post('/signup', signUpsByAddress(), readCredentials, async (_req, res) => {
    const { email, password } = res.locals.credentials;
    const account = await insertAccount(db, email, await passwords.hash(password));
    res.status(201).json(account);
  });

  router.post('/login', logInsByAddress(), readCredentials, logInsByAccount(), async (_req, res) => {
    const { email, password } = res.locals.credentials;
    const [account] = await db.query('SELECT id, password_hash, roles FROM accounts WHERE email = $1', [email]);
    // An unknown account costs one hash too: the time of the answer tells nothing about who has one.
    const isRight = await passwords.verify(account?.password_hash ?? null, password);
    if (!account || !isRight) throw new Problem(401, 'The e-mail address or the password is wrong');
    res.json({ token: signer.sign({ sub: account.id, roles: account.roles }), expiresInSeconds: TOKEN_SECONDS });
  });

  router.get('/me', signedIn, async (req, res) => {
    const [account] = await db.query('SELECT id, email, roles FROM accounts WHERE id = $1', [req.auth.claims.sub]);
    if (!account) throw new Problem(404, 'This account is gone');
    res.json(account);
  });

  return router;
}

function readCredentials(req, res, next) {
  const body = readMembers(req.body, ['email', 'password']);
  res.locals.credentials = {
    email: readEmail(body.email),
    password: readText(body.password, 'password', { min: 12, max: 256 }),
  };
  next();
}

/** A conflict tells that the address has an account; the limit on sign-ups keeps anyone from asking for many. */
async function insertAccount(db, email, passwordHash) {
  try {
    const sql = 'INSERT INTO accounts (email, password_hash) VALUES ($1, $2) RETURNING id, email, roles';
    const [account] = await db.query(sql, [email, passwordHash]);
    return account;
  } catch (error) {
    if (error.code === UNIQUE_VIOLATION) throw new Problem(409, 'This e-mail address has an account already');
    throw error;
  }
}

const signUpsByAddress = () => rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 20 });

const logInsByAddress = () => rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 30 });

/** Guesses against one account are counted together, from wherever they come. */
const logInsByAccount = () =>
  rateLimit({ windowMs: QUARTER_HOUR_MS, limit: 10, keyGenerator: (_req, res) => res.locals.credentials.email });

module.exports = { accounts };
