'use strict';

// One shape over two engines: PostgreSQL by DATABASE_URL, else Postgres compiled into this process. Values travel only
// as parameters; no caller builds SQL from input.

const { ConfigError } = require('./config');

/**
 * @typedef {{ query(sql: string, params?: unknown[]): Promise<any[]>, close(): Promise<void> }} Database
 * @param {{ databaseUrl?: string | null, dataDir?: string | null }} [config]
 * @returns {Promise<Database>}
 */
async function openDatabase({ databaseUrl = null, dataDir = null } = {}) {
  return databaseUrl === null ? openEmbedded(dataDir) : openServer(databaseUrl);
}

async function openEmbedded(dataDir) {
  const { PGlite } = require('@electric-sql/pglite');
  const engine = await (dataDir === null ? PGlite.create() : PGlite.create(dataDir));
  return {
    query: async (sql, params = []) => (await engine.query(sql, params)).rows,
    close: () => engine.close(),
  };
}

async function openServer(connectionString) {
  const { Pool } = require('pg');
  const pool = new Pool({ connectionString });
  // An idle connection that breaks is replaced by the pool; without a listener the event would end the process.
  pool.on('error', (error) => console.error(`database: ${error.message}`));
  await pool.query('SELECT 1').catch((error) => {
    throw new ConfigError(`DATABASE_URL cannot be opened (${error.code}). Start that server, or unset it to use none.`);
  });
  return {
    query: async (sql, params = []) => (await pool.query(sql, params)).rows,
    close: () => pool.end(),
  };
}

module.exports = { openDatabase };
