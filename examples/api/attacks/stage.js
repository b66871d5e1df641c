'use strict';

// What all attacks share: one database, one password pool, a user and an admin. Each attack gets a server of its own on a
// free port of 127.0.0.1, so that none starts with a bucket that another has filled.

const { randomBytes } = require('node:crypto');
const { createServer } = require('node:http');

const { createPasswords } = require('portcullis');

const { createApp } = require('../app');
const { readConfig } = require('../config');
const { openDatabase } = require('../database');
const { createSchema, seedAdmin } = require('../schema');
const { send, sendRaw } = require('./client');

const ORIGIN = 'https://app.example.com';

async function openStage() {
  const config = readConfig({ JWT_SECRET: randomBytes(32).toString('hex'), ALLOWED_ORIGINS: ORIGIN });
  const db = await openDatabase();
  const passwords = createPasswords();
  await createSchema(db);
  await seedAdmin({ db, passwords, admin: config.admin });
  const parts = { db, config, passwords };
  const people = await introduce(parts);
  return {
    /** @param {object} settings laid over the configuration @param {(ctx: any) => Promise<any>} act */
    play: (settings, act) =>
      onServer({ ...parts, config: { ...config, ...settings } }, (ctx) => act({ ...ctx, people })),
    close: () => Promise.all([passwords.close(), db.close()]),
  };
}

/** Signs up a user and logs both in, through the front door. */
function introduce({ config, ...parts }) {
  return onServer({ config, ...parts }, async (ctx) => {
    const user = { email: 'ada@example.com', password: 'correct horse battery' };
    const admin = { email: config.admin.email, password: config.admin.password };
    await expectStatus(201, ctx.send({ path: '/signup', body: user }));
    return { user: await withToken(ctx, user), admin: await withToken(ctx, admin) };
  });
}

async function withToken(ctx, credentials) {
  const { token } = (await expectStatus(200, ctx.send({ path: '/login', body: credentials }))).json;
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  return { ...credentials, id: sub, token, authorization: `Bearer ${token}` };
}

async function expectStatus(status, promise) {
  const answer = await promise;
  if (answer.status !== status) throw new Error(`The stage could not be set: ${answer.status} ${answer.text}`);
  return answer;
}

async function onServer(parts, act) {
  const { db, holdQueries } = holdable(parts.db);
  const server = createServer(createApp({ ...parts, db }));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const target = { host: '127.0.0.1', port: server.address().port };
  try {
    return await act({
      config: parts.config,
      origin: ORIGIN,
      holdQueries,
      send: (init) => send(target, init),
      sendRaw: (bytes) => sendRaw(target, bytes),
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/**
 * A database whose queries can be held, to put a request in flight in a certain place.
 * @param {import('../database').Database} db
 */
function holdable(db) {
  let held = { start: undefined, reached: () => {}, until: Promise.resolve() };
  const query = async (sql, params) => {
    if (held.start !== undefined && sql.startsWith(held.start)) {
      held.reached();
      await held.until;
    }
    return db.query(sql, params);
  };
  /** Holds queries that start with this text; returns what releases them, and a promise `held` of the first one. */
  const holdQueries = (start) => {
    let release = () => {};
    const until = new Promise((resolve) => {
      release = () => resolve(undefined);
    });
    const reached = new Promise((resolve) => {
      held = { start, reached: () => resolve(undefined), until };
    });
    return Object.assign(() => release(), { held: reached });
  };
  return { db: { ...db, query }, holdQueries };
}

module.exports = { openStage };
