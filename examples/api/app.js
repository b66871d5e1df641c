'use strict';

const express = require('express');
const { authenticate, createRevocations, createVerifier, errorHandler, harden } = require('portcullis');

const { notFound } = require('./problem');
const { accounts } = require('./routes/accounts');
const { comments } = require('./routes/comments');
const { health } = require('./routes/health');
const { sessions } = require('./routes/sessions');
const { users } = require('./routes/users');

/**
 * The whole API, without a server: the caller opens and closes what it is given.
 * @param {{ db: import('./database').Database, config: any, passwords: any }} parts
 */
function createApp({ db, config, passwords }) {
  const { key, issuer, audience, lifetimeSeconds } = config.jwt;
  // A revocation is needed for as long as the tokens that it ends could live.
  const revocations = createRevocations({ tokenLifetimeSeconds: lifetimeSeconds });
  const verifier = createVerifier({ key, algorithms: ['HS256'], issuer, audience, revocations });
  const signedIn = authenticate({ verifier });
  const admin = authenticate({ verifier, authorize: { roles: ['admin'] } });
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.use(
    harden({
      preset: 'api',
      // The pages of these origins may read responses and change data; those of all other sites may not.
      trustedOrigins: config.origins,
      cors: true,
      csrf: true,
      rateLimit: { windowMs: 60_000, limit: 300 },
      // No route of this API takes more than a handful of keys.
      input: { limit: '32kb', maxKeys: 200 },
    }),
  );
  app.use(health({ db }));
  app.use(accounts({ db, passwords, signedIn }));
  app.use(sessions({ db, config, passwords, revocations, signedIn }));
  app.use(users({ db, admin }));
  app.use(comments({ db, signedIn }));
  app.use(notFound);
  app.use(errorHandler());
  return app;
}

module.exports = { createApp };
