'use strict';

// node examples/sql/main.js: parameters on PGlite, which is PostgreSQL in this process; on a server with DATABASE_URL. It drops and
// creates the tables `articles` and `accounts`.

const { openDatabase } = require('../api/database');
const { createArticles } = require('./articles');
const { createTables } = require('./schema');

async function main({ DATABASE_URL: databaseUrl = null } = process.env) {
  const db = await openDatabase({ databaseUrl });
  try {
    await createTables(db);
    const articles = createArticles(db);
    const titles = (rows) => rows.map(({ title }) => title).join(', ') || 'nothing';
    console.log(`search for te: ${titles(await articles.search('te'))}`);
    console.log(`search for %: ${titles(await articles.search('%'))}`);
    console.log(`search for an injection: ${titles(await articles.search("' OR true --"))}`);
    console.log(`sorted by title: ${titles(await articles.list('title', 10))}`);
  } finally {
    await db.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
