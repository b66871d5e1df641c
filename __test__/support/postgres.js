// @ts-check
'use strict';

// A private PostgreSQL server for a test, on a free port of 127.0.0.1.

const { describe } = require('node:test');
const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const net = require('node:net');
const { tmpdir } = require('node:os');
const { delimiter, join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const START_MS = 20_000;
/** Debian keeps them out of the PATH, one folder for each version. */
const DEBIAN = '/usr/lib/postgresql';
const NOBODY = 65_534;

/** The folder of the server's programs, the newest on Debian. */
const bin = [
  ...(process.env.PATH ?? '').split(delimiter),
  ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []).map((version) =>
    join(DEBIAN, version, 'bin'),
  ),
].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

/**
 * A suite that needs PostgreSQL: skipped with a notice where there is none, and failed where all checks must run.
 * @param {string} name @param {() => void} body
 */
function describePostgres(name, body) {
  if (bin !== undefined) return describe(name, body);
  if (process.env.CI === 'true')
    throw new Error(`${name} needs the programs of PostgreSQL: apt-get install postgresql`);
  console.log(`${name}: skipped, for there is no PostgreSQL`);
  return describe(name, { skip: 'there is no PostgreSQL' }, body);
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGQUIT');
});
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(1));

/** PostgreSQL refuses to run as root. @returns {{ uid?: number, gid?: number }} */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid ?? NOBODY), gid: Number(gid ?? NOBODY) };
}

/** Starts a server without anything in it. @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-postgres-'));
  const user = serverUser();
  const password = `${process.pid}-${Math.random()}`;
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (user.uid !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, Number(user.gid));
  const data = join(folder, 'data');
  const created = spawnSync(
    program('initdb'),
    [
      '-D',
      data,
      '-U',
      'test',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (created.status !== 0) throw new Error(`initdb failed: ${created.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=8MB'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  const child = spawn(program('postgres'), args, { ...user, cwd: folder, stdio: 'ignore' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  await answers(port, child);
  return { url: `postgres://test:${password}@127.0.0.1:${port}/postgres`, stop: () => stop(child, folder) };
}

const program = (/** @type {string} */ name) => join(String(bin), name);

/** Waits until the server accepts connections and is done with its start. @param {number} port @param {import('node:child_process').ChildProcess} child */
async function answers(port, child) {
  const { Client } = require('pg');
  const deadline = performance.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}`);
    // A wrong password is the answer of a server that is ready; while it starts, it refuses connections (57P03).
    const client = new Client({ host: '127.0.0.1', port, user: 'test', password: 'wrong', database: 'postgres' });
    const error = await client.connect().then(
      () => undefined,
      (/** @type {any} */ reason) => reason,
    );
    if (error?.code === '28P01') return;
    if (performance.now() > deadline) throw new Error(`PostgreSQL does not answer: ${error}`);
    await sleep(50);
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {string} folder */
async function stop(child, folder) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

module.exports = { describePostgres, startPostgres };
