'use strict';

const express = require('express');
const { rateLimit } = require('portcullis');

const { readCredentials } = require('../input');
const { Problem } = require('../problem');

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const UNIQUE_VIOLATION = '23505';

function accounts({ db, passwords, signedIn }) {
  const router = express.Router();

  router.post('/signup', signUpsByAddress(), readCredentials, async (_req, res) => {
    const { email, password } = res.locals.credentials;
    const account = await insertAccount(db, email, await passwords.hash(password));
    res.status(201).json(account);
  });

  router.get('/me', signedIn, async (req, res) => {
    const [account] = await db.query('SELECT id, email, roles FROM accounts WHERE id = $1', [req.auth.claims.sub]);
    if (!account) throw new Problem(404, 'This account is gone');
    res.json(account);
  });

  return router;
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

module.exports = { accounts };
