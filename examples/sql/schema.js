'use strict';

const TABLES = [
  'DROP TABLE IF EXISTS articles, accounts',
  `CREATE TABLE accounts (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    token_hash text NOT NULL,
    role text NOT NULL DEFAULT 'user'
  )`,
  `CREATE TABLE articles (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    is_public boolean NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'
  )`,
];
const ACCOUNTS = [
  ['ada@example.com', '5f2a91', 'user'],
  ['root@example.com', 'c0ffee', 'admin'],
];
const ARTICLES = [
  ['Tea', true, { color: 'green', price: 4 }],
  ['100% wool', true, { color: 'grey', price: 40 }],
  ['snake_case', true, { color: 'green', price: 1 }],
  ['Takeover plans', false, { color: 'red', price: 99 }],
];

/** Creates the tables again, with the rows of the example. @param {import('../api/database').Database} db */
async function createTables(db) {
  for (const statement of TABLES) await db.query(statement);
  for (const values of ACCOUNTS) {
    await db.query('INSERT INTO accounts (email, token_hash, role) VALUES ($1, $2, $3)', values);
  }
  for (const values of ARTICLES) {
    await db.query('INSERT INTO articles (title, is_public, details) VALUES ($1, $2, $3)', values);
  }
}

module.exports = { createTables };
