// @ts-check
'use strict';

// A private redis-server for a test.

const { after, describe } = require('node:test');
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const net = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const START_MS = 10_000;

const isInstalled = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/**
 * A suite that needs redis-server: skipped with a notice where there is none, and failed where all checks must run.
 * @param {string} name @param {() => void} body
 */
function describeRedis(name, body) {
  if (isInstalled) return describe(name, body);
  if (process.env.CI === 'true' && process.env.PORTCULLIS_REDIS !== 'none')
    throw new Error(`${name} needs redis-server on the PATH`);
  console.log(`${name}: skipped, for there is no redis-server on the PATH`);
  return describe(name, { skip: 'there is no redis-server on the PATH' }, body);
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
// The runner ends a file that takes too long by a signal, which on its own would leave the servers running.
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(1));

/** A server on a port of 127.0.0.1 that keeps nothing on disk; stopped after the suite that starts it. */
class RedisServer {
  port = 0;
  /** @type {(server: RedisServer) => string[]} */ #argsOf;
  /** @type {import('node:child_process').ChildProcess | undefined} */ #child;
  #folder = '';

  /** @param {(server: RedisServer) => string[]} [argsOf] its command line */
  constructor(argsOf = (server) => memoryOnly(server)) {
    this.#argsOf = argsOf;
  }

  /** @param {string} name of a file in the server's folder */
  file(name) {
    this.#folder ||= mkdtempSync(join(tmpdir(), 'portcullis-redis-'));
    return join(this.#folder, name);
  }

  /** Starts it; again, on the same port. */
  async start() {
    const isFirst = this.port === 0;
    for (let tries = 3; ; tries -= 1) {
      if (isFirst) this.port = await freePort();
      const child = this.#spawn();
      if (await this.#answers(child)) return;
      // Another process may have taken the port since; its server must not pass for this one.
      if (tries === 1) throw new Error(`redis-server ended with ${child.exitCode ?? child.signalCode}`);
    }
  }

  #spawn() {
    const child = spawn('redis-server', this.#argsOf(this), { stdio: 'ignore' });
    this.#child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }

  /** Whether it lives to answer. @param {import('node:child_process').ChildProcess} child */
  async #answers(child) {
    const deadline = performance.now() + START_MS;
    while (child.exitCode === null && child.signalCode === null) {
      const answer = await this.ask('INFO server').catch(() => '');
      if (answer.includes(`process_id:${child.pid}\r\n`)) return true;
      if (performance.now() > deadline) throw new Error('redis-server does not answer');
      await sleep(10);
    }
    return false;
  }

  /** The server's first answer to a command, as it comes. @param {string} command @returns {Promise<string>} */
  async ask(command) {
    const socket = net.connect(this.port, '127.0.0.1');
    socket.write(`${command}\r\n`);
    try {
      const [data] = await once(socket, 'data', { signal: AbortSignal.timeout(1_000) });
      return String(data);
    } finally {
      socket.destroy();
    }
  }

  /** As a crash would: without a word to its clients, and with all its keys. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** As a machine that hangs: connections stay open, and nothing is answered. */
  pause() {
    this.#child?.kill('SIGSTOP');
  }

  resume() {
    this.#child?.kill('SIGCONT');
  }

  async stop() {
    await this.#end('SIGKILL');
    if (this.#folder !== '') rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @param {NodeJS.Signals} signal */
  async #end(signal) {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** A command line of redis-server. @param {RedisServer} server @param {Record<string, string | number>} [more] */
function memoryOnly(server, more = {}) {
  const flags = { port: server.port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: server.file(''), ...more };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** Call it in a suite, before its tests: `before(() => server.start())`. */
function privateRedis() {
  const server = new RedisServer();
  after(() => server.stop());
  return server;
}

// A node of a cluster also listens at this distance from its port.
const BUS_DISTANCE = 10_000;
const MAX_PORT = 65_535;

/** A server that was killed comes back on its port: no other one may take it meanwhile. @type {Set<number>} */
const taken = new Set();

/** A port that is free, as is the port of its cluster bus. */
async function freePort() {
  for (;;) {
    const port = await listenOnce(0);
    if (taken.has(port) || port + BUS_DISTANCE > MAX_PORT) continue;
    if ((await listenOnce(port + BUS_DISTANCE).catch(() => 0)) === 0) continue;
    taken.add(port);
    return port;
  }
}

/** @param {number} wanted 0 for any @returns {Promise<number>} the port, free again */
async function listenOnce(wanted) {
  const server = net.createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

module.exports = { RedisServer, describeRedis, memoryOnly, privateRedis };
