'use strict';

// `npm start`: reads the environment, opens the database, listens, and says what to type next.

const { createServer } = require('node:http');

const { createPasswords } = require('portcullis');

const { createApp } = require('./app');
const { ConfigError, readConfig } = require('./config');
const { openDatabase } = require('./database');
const { createSchema, seedAdmin } = require('./schema');

/** How long requests in flight may take to finish once a stop was asked for. */
const GRACE_MS = 5_000;

/** @param {Record<string, string | undefined>} env */
async function start(env) {
  const config = readConfig(env);
  const db = await openDatabase(config);
  const passwords = createPasswords();
  await createSchema(db);
  if (config.admin) await seedAdmin({ db, passwords, admin: config.admin });
  const server = createServer(createApp({ db, config, passwords }));
  const close = () => Promise.all([passwords.close(), db.close()]);
  try {
    await listen(server, config);
  } catch (error) {
    await close();
    throw error;
  }
  return { config, url: addressOf(server), stop: () => drain(server).then(close) };
}

function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function explainListenError(error, host, port) {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(`Port ${port} on ${host} is in use. Choose another: PORT=${port + 1} npm start`);
  }
  if (error.code === 'EACCES') {
    return new ConfigError(
      `Port ${port} on ${host} may not be opened by this user. Choose another: PORT=3000 npm start`,
    );
  }
  return error;
}

function addressOf(server) {
  const { address, family, port } = server.address();
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function drain(server) {
  const drained = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  return drained;
}

function greeting({ config, url }) {
  const admin = config.admin?.isInvented
    ? `Admin for this run: ${config.admin.email} with password ${config.admin.password}\n`
    : '';
  const type = "-H 'content-type: application/json'";
  const ada = `-d '{"email":"ada@example.com","password":"correct horse battery"}'`;
  const token = '-H "authorization: Bearer $TOKEN"';
  const logIn = (body) =>
    `TOKEN=$(curl -s ${url}/login ${type} ${body} | node -pe 'JSON.parse(fs.readFileSync(0)).token')`;
  const { email, password } = config.admin ?? {};
  const users = config.admin?.isInvented
    ? `  ${logIn(`-d '${JSON.stringify({ email, password })}'`)}; curl -s ${url}/admin/users ${token}\n`
    : '';
  return `${config.warnings.map((warning) => `Warning: ${warning}\n`).join('')}${admin}
The API listens on ${url} (Ctrl+C stops it). Try:

  curl -s ${url}/signup ${type} ${ada}
  ${logIn(ada)}
  curl -s ${url}/me ${token}
  curl -s ${url}/comments ${token} ${type} -d '{"text":"<b>hello</b> & welcome"}'
  curl -s ${url}/comments.html
${users}`;
}

async function main() {
  const api = await start(process.env);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      api.stop().then(() => process.exit(0), fail);
    });
  }
  console.log(greeting(api));
}

/** A wrong setting is one line; anything else is a fault and keeps its stack. */
function fail(error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

if (require.main === module) main().catch(fail);

module.exports = { start };
