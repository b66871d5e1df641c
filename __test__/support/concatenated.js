// @ts-check
'use strict';

// The queries of examples/sql/articles.js as they must not be written: what comes from outside is part of the SQL text.

/** @param {{ runText: (sql: string) => Promise<any[]> }} db @param {(text: string) => string} [quoted] of a value in quotes */
function createConcatenated(db, quoted = (text) => text) {
  const COLUMNS = 'id, title, details';
  /** @type {(sql: string) => Promise<any[]>} */
  const run = (sql) => db.runText(sql);
  return {
    findAccount: async (/** @type {string} */ email, /** @type {string} */ tokenHash) =>
      (
        await run(
          `SELECT id, email, role FROM accounts WHERE email = '${quoted(email)}' AND token_hash = '${quoted(tokenHash)}'`,
        )
      )[0],
    hasAccount: async (/** @type {string} */ email) =>
      (await run(`SELECT 1 FROM accounts WHERE email = '${quoted(email)}'`)).length > 0,
    find: async (/** @type {string} */ id) =>
      (await run(`SELECT ${COLUMNS} FROM articles WHERE id = ${quoted(id)} AND is_public`))[0],
    findAll: (/** @type {string[]} */ ids) =>
      run(`SELECT ${COLUMNS} FROM articles WHERE id IN (${ids.map(quoted).join(', ')}) AND is_public ORDER BY id`),
    search: (/** @type {string} */ text) =>
      run(`SELECT ${COLUMNS} FROM articles WHERE title ILIKE '%${quoted(text)}%' AND is_public ORDER BY id`),
    list: (/** @type {string} */ order, /** @type {string} */ limit) =>
      run(`SELECT ${COLUMNS} FROM articles WHERE is_public ORDER BY ${quoted(order)} LIMIT ${quoted(limit)}`),
    withDetail: (/** @type {string} */ name, /** @type {string} */ value) =>
      run(
        `SELECT ${COLUMNS} FROM articles WHERE details ->> '${quoted(name)}' = '${quoted(value)}' AND is_public ORDER BY id`,
      ),
    above: (/** @type {string} */ price) =>
      run(
        `SELECT ${COLUMNS} FROM articles WHERE jsonb_path_exists(details, '$.price ? (@ > ${quoted(price)})') AND is_public ORDER BY id`,
      ),
    rename: (/** @type {string} */ id, /** @type {string} */ title) =>
      run(`UPDATE articles SET title = '${quoted(title)}' WHERE id = ${quoted(id)} AND is_public`),
  };
}

module.exports = { createConcatenated };
