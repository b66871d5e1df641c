'use strict';

// Each statement may run again at every start.

const STATEMENTS = [
  `CREATE TABLE IF NOT EXISTS accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    roles text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE IF NOT EXISTS comments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL REFERENCES accounts (id),
    text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX IF NOT EXISTS comments_created_at ON comments (created_at)',
];

/** @param {import('./database').Database} db */
async function createSchema(db) {
  for (const statement of STATEMENTS) await db.query(statement);
}

/** The operator's word is final: an account of that name becomes the admin with that password. */
async function seedAdmin({ db, passwords, admin }) {
  await db.query(
    `INSERT INTO accounts (email, password_hash, roles) VALUES ($1, $2, '{admin}')
     ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, roles = excluded.roles`,
    [admin.email, await passwords.hash(admin.password)],
  );
}

module.exports = { createSchema, seedAdmin };
