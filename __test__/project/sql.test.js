// @ts-check
'use strict';

// The queries of examples/sql under attack, beside a twin that writes values into the text of the query. Each attack must
// succeed on the twin, or it would prove nothing.

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { after, before, beforeEach, describe, it } = require('node:test');

const { createArticles } = require('../../examples/sql/articles');
const { createTables } = require('../../examples/sql/schema');
const { createConcatenated } = require('../support/concatenated');
const { describePostgres, startPostgres } = require('../support/postgres');

const MAIN = join(__dirname, '../../examples/sql/main.js');
const ROOT_HASH = 'c0ffee';
const HEX = [...'0123456789abcdef'];

/** @typedef {ReturnType<typeof createArticles>} Articles */
/** @typedef {{ query(sql: string, params?: unknown[]): Promise<any[]>, runText(sql: string): Promise<any[]>, close(): Promise<void> }} Engine */

const titles = (/** @type {any[]} */ rows) => rows.map(({ title }) => title);
const isSecret = (/** @type {any[]} */ rows) => titles(rows).includes('Takeover plans');
const readsHash = (/** @type {any[]} */ rows) => JSON.stringify(rows).includes(ROOT_HASH);

/** Reads the hash of the administrator by questions that are answered with yes or no. @param {Articles} articles */
async function guess(articles) {
  let known = '';
  while (known.length < ROOT_HASH.length) {
    let found;
    for (const digit of HEX) {
      const question = `root@example.com' AND substr(token_hash, ${known.length + 1}, 1) = '${digit}`;
      if (await articles.hasAccount(question)) found = digit;
    }
    if (found === undefined) return known;
    known += found;
  }
  return known;
}

/** Reads one bit by the order of rows. @param {Articles} articles @param {string} digit */
async function orderBy(articles, digit) {
  const bit = `(SELECT substr(token_hash, 1, 1) FROM accounts WHERE role = 'admin') = '${digit}'`;
  return titles(await articles.list(`CASE WHEN ${bit} THEN id ELSE -id END`, '10')).join();
}

/**
 * `isBreached`: what the attack is for. It may throw, which is a refusal. `withoutQuotes`: the attack contains no quote, and
 * also succeeds on a twin that doubles the quotes in each value.
 * @type {Record<string, { isBreached: (articles: Articles, db: Engine) => Promise<boolean>, withoutQuotes?: true }>}
 */
const ATTACKS = {
  'log-in as another user by a comment': {
    isBreached: async (articles) => (await articles.findAccount("root@example.com' --", 'x'))?.role === 'admin',
  },
  'log-in by a condition that is always true': {
    isBreached: async (articles) => (await articles.findAccount('x', "x' OR role = 'admin"))?.role === 'admin',
  },
  'UNION with another table': {
    isBreached: async (articles) =>
      readsHash(await articles.search("x' UNION SELECT id, token_hash, '{}'::jsonb FROM accounts --")),
  },
  'a second statement': {
    isBreached: async (articles, db) => {
      await articles
        .rename('1', "x'; UPDATE accounts SET role = 'admin' WHERE email = 'ada@example.com'; --")
        .catch(() => {});
      return (await db.query("SELECT 1 FROM accounts WHERE email = 'ada@example.com' AND role = 'admin'")).length > 0;
    },
  },
  'a table dropped by a second statement': {
    isBreached: async (articles, db) => {
      await articles.search("'; DROP TABLE accounts CASCADE; --").catch(() => {});
      return (await db.query("SELECT to_regclass('accounts') IS NULL AS gone"))[0].gone;
    },
  },
  'questions with yes and no': { isBreached: async (articles) => (await guess(articles)) === ROOT_HASH },
  'a value in the message of an error': {
    isBreached: (articles) =>
      articles.hasAccount("x' OR 1 = CAST((SELECT token_hash FROM accounts WHERE role = 'admin') AS int) --").then(
        () => false,
        (/** @type {Error} */ error) => error.message.includes(ROOT_HASH),
      ),
  },
  'a number that is a condition': {
    isBreached: async (articles) => (await articles.find('4 OR id = 4'))?.title === 'Takeover plans',
    withoutQuotes: true,
  },
  'a list that ends early': {
    isBreached: async (articles) => isSecret(await articles.findAll(['1', '2) OR (true) --'])),
    withoutQuotes: true,
  },
  'wildcards of LIKE': {
    isBreached: async (articles) =>
      (await articles.search('%')).length === 3 || (await articles.search('__a__')).length > 0,
    withoutQuotes: true,
  },
  'an order that asks a question': {
    isBreached: async (articles) => (await orderBy(articles, 'c')) !== (await orderBy(articles, 'd')),
  },
  'an order by a column that is not shown': {
    isBreached: async (articles) => (await articles.list('is_public, (SELECT max(id) FROM accounts)', '10')).length > 0,
    withoutQuotes: true,
  },
  'a limit that is none': {
    isBreached: async (articles) => (await articles.list('id', 'ALL')).length === 3,
    withoutQuotes: true,
  },
  'the name of a member of JSON': {
    isBreached: async (articles) => isSecret(await articles.withDetail("color' = 'red' OR details ->> 'x", 'x')),
  },
  'the condition of a JSON path': {
    isBreached: async (articles) => (await articles.above('1000000 || 1 == 1')).length === 3,
    withoutQuotes: true,
  },
  'a value that was stored before': {
    isBreached: async (articles, db) => {
      await db.query('UPDATE articles SET title = $1 WHERE id = 1', ["' OR true --"]);
      const [{ title }] = await db.query('SELECT title FROM articles WHERE id = 1');
      const found = await articles.search(title);
      return isSecret(found);
    },
  },
};

/** @param {() => Promise<Engine>} open */
function declareAttacks(open) {
  /** @type {Engine} */
  let db;
  before(async () => {
    db = await open();
  });
  after(() => db?.close());
  beforeEach(() => createTables(db));

  /** @param {typeof ATTACKS[string]} attack @param {any} articles */
  const isBreached = ({ isBreached: check }, articles) => check(articles, db).catch(() => false);

  for (const [name, attack] of Object.entries(ATTACKS)) {
    it(`holds against ${name}, and the twin does not`, async () => {
      assert.equal(await isBreached(attack, createArticles(db)), false);
      await createTables(db);
      assert.equal(await isBreached(attack, createConcatenated(db)), true);
    });
  }

  for (const [name, attack] of Object.entries(ATTACKS).filter(([, { withoutQuotes }]) => withoutQuotes)) {
    it(`is breached by ${name} where quotes are doubled`, async () => {
      const doubled = (/** @type {string} */ text) => text.replaceAll("'", "''");
      assert.equal(await isBreached(attack, createConcatenated(db, doubled)), true);
    });
  }

  it('finds what honest values name', async () => {
    const articles = createArticles(db);
    assert.equal((await articles.findAccount('ada@example.com', '5f2a91'))?.role, 'user');
    assert.equal(await articles.hasAccount('root@example.com'), true);
    assert.equal((await articles.find('1'))?.title, 'Tea');
    assert.equal(await articles.find('4'), undefined);
    assert.deepEqual(titles(await articles.findAll(['3', '1', '4'])), ['Tea', 'snake_case']);
    assert.deepEqual(titles(await articles.search('100%')), ['100% wool']);
    assert.deepEqual(titles(await articles.search('E_C')), ['snake_case']);
    assert.deepEqual(titles(await articles.list('-title', 2)), ['snake_case', 'Tea'].sort().reverse());
    assert.deepEqual(titles(await articles.withDetail('color', 'green')), ['Tea', 'snake_case']);
    assert.deepEqual(titles(await articles.above('3')), ['Tea', '100% wool']);
    await articles.rename('1', "Ada's \\ tea; --");
    assert.equal((await articles.find(1))?.title, "Ada's \\ tea; --");
  });
}

const promised = [
  'search for te: Tea',
  'search for %: 100% wool',
  'search for an injection: nothing',
  'sorted by title: ',
];

/** @param {Record<string, string>} env */
function checkMain(env) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const printed = execFileSync(process.execPath, [MAIN], { env: { ...inherited, ...env }, encoding: 'utf8' });
  const lines = printed.trim().split('\n');
  assert.equal(lines.length, promised.length);
  for (const [i, line] of lines.entries()) assert.ok(line.startsWith(String(promised[i])), line);
}

describe('example of SQL on PGlite', () => {
  declareAttacks(async () => {
    const { PGlite } = require('@electric-sql/pglite');
    const engine = await PGlite.create();
    return {
      query: async (sql, params = []) => (await engine.query(sql, params)).rows,
      // One text with several statements, as many drivers send it.
      runText: async (sql) => (await engine.exec(sql)).at(-1)?.rows ?? [],
      close: () => engine.close(),
    };
  });

  it('prints what it finds', () => checkMain({}));
});

describePostgres('example of SQL on PostgreSQL', () => {
  /** @type {Awaited<ReturnType<typeof startPostgres>>} */
  let server;
  before(async () => {
    server = await startPostgres();
  });

  declareAttacks(async () => {
    const { Client } = require('pg');
    const client = new Client({ connectionString: server.url });
    await client.connect();
    return {
      query: async (sql, params = []) => (await client.query(sql, params)).rows,
      // Without parameters, pg sends the text as it is, and the server runs every statement in it.
      runText: async (sql) => [await client.query(sql)].flat().at(-1)?.rows ?? [],
      close: () => client.end(),
    };
  });

  // Hooks run in this order: the connection is closed by now.
  after(() => server?.stop());

  it('prints what it finds', () => checkMain({ DATABASE_URL: server.url }));
});
