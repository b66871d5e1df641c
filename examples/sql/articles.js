'use strict';

// Queries whose text is fixed. Values travel beside it as parameters, so the database never reads them as SQL. What cannot be a
// parameter, such as a column to sort by, is chosen from a list.

const COLUMNS = 'id, title, details';
/** What a client may ask for, and the SQL that it means. */
const ORDERS = new Map([
  ['id', 'id'],
  ['title', 'title, id'],
  ['-title', 'title DESC, id'],
]);
const MAX_ROWS = 100;
/** PostgreSQL's `int`. A larger number would be an error of the database. */
const MAX_ID = 2 ** 31 - 1;

/** @param {import('../api/database').Database} db */
function createArticles(db) {
  return {
    findAccount: async (email, tokenHash) => {
      const sql = 'SELECT id, email, role FROM accounts WHERE email = $1 AND token_hash = $2';
      return (await db.query(sql, [email, tokenHash]))[0];
    },

    hasAccount: async (email) => (await db.query('SELECT 1 FROM accounts WHERE email = $1', [email])).length > 0,

    find: async (id) => {
      const sql = `SELECT ${COLUMNS} FROM articles WHERE id = $1 AND is_public`;
      return (await db.query(sql, [readNumber(id, MAX_ID)]))[0];
    },

    findAll: (ids) => {
      const sql = `SELECT ${COLUMNS} FROM articles WHERE id = ANY($1::int[]) AND is_public ORDER BY id`;
      return db.query(sql, [ids.map((id) => readNumber(id, MAX_ID))]);
    },

    search: (text) => {
      const sql = `SELECT ${COLUMNS} FROM articles WHERE title ILIKE $1 ESCAPE '\\' AND is_public ORDER BY id`;
      return db.query(sql, [`%${escapeLike(text)}%`]);
    },

    list: (order, limit) => {
      const columns = ORDERS.get(order);
      if (columns === undefined) throw new RangeError(`order must be one of: ${[...ORDERS.keys()].join(', ')}`);
      const sql = `SELECT ${COLUMNS} FROM articles WHERE is_public ORDER BY ${columns} LIMIT $1`;
      return db.query(sql, [readNumber(limit, MAX_ROWS)]);
    },

    withDetail: (name, value) => {
      const sql = `SELECT ${COLUMNS} FROM articles WHERE details ->> $1 = $2 AND is_public ORDER BY id`;
      return db.query(sql, [name, value]);
    },

    // A path of JSON is a language of its own: values enter it as variables, never as text.
    above: (price) => {
      const sql = `SELECT ${COLUMNS} FROM articles
        WHERE jsonb_path_exists(details, '$.price ? (@ > $min)', jsonb_build_object('min', $1::int)) AND is_public ORDER BY id`;
      return db.query(sql, [readNumber(price, MAX_ID)]);
    },

    rename: (id, title) => {
      return db.query('UPDATE articles SET title = $2 WHERE id = $1 AND is_public', [readNumber(id, MAX_ID), title]);
    },
  };
}

/** In LIKE, `%` and `_` in a value are wildcards even if the value is a parameter. @param {string} text */
function escapeLike(text) {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** @param {unknown} value digits, or a number @param {number} max */
function readNumber(value, max) {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new RangeError(`a whole number from 0 to ${max} is needed`);
}

module.exports = { createArticles, escapeLike };
