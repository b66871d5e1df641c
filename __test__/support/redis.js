// @ts-check
'use strict';

// A private redis-server for a test, and the packages whose clients RedisStore takes.

const { after, describe } = require('node:test');
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const net = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const START_MS = 10_000;

/** How a user makes a client of each package and closes it. None listens for errors: what makes a store must. */
const CLIENTS = [
  ...['ioredis', 'ioredis5'].map((name) => ({
    name,
    connect: async (/** @type {number} */ port) => {
      const { Redis } = require(name);
      const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 });
      return client;
    },
    close: (/** @type {any} */ client) => client.disconnect(),
  })),
  ...['redis', 'redis5', 'redis4'].map((name) => ({
    name,
    connect: async (/** @type {number} */ port) => {
      const { createClient } = require(name);
      const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: 50 } });
      // Not awaited: there may be no server yet.
      client.connect().catch(() => {});
      return client;
    },
    close: (/** @type {any} */ client) => {
      if (client.destroy === undefined) client.disconnect().catch(() => {});
      else if (client.isOpen) client.destroy();
    },
  })),
];

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
  if (process.env.CI === 'true') throw new Error(`${name} needs redis-server on the PATH`);
  console.log(`${name}: skipped, for there is no redis-server on the PATH`);
  return describe(name, { skip: 'there is no redis-server on the PATH' }, body);
}

/** A server on a port of 127.0.0.1 that keeps nothing on disk; stopped after the suite that starts it. */
class RedisServer {
  port = 0;
  /** @type {import('node:child_process').ChildProcess | undefined} */ #child;
  #folder = '';

  /** Starts it; again, on the same port. */
  async start() {
    this.#folder ||= mkdtempSync(join(tmpdir(), 'portcullis-redis-'));
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
    const flags = { port: this.port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: this.#folder };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    this.#child = child;
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
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
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
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

/** Call it in a suite, before its tests: `before(() => server.start())`. */
function privateRedis() {
  const server = new RedisServer();
  after(() => server.stop());
  return server;
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the answer is true, for a bounded time. @param {() => boolean | Promise<boolean>} isSo */
async function until(isSo, withinMs = 10_000) {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`it was not so within ${withinMs} ms: ${isSo}`);
    await sleep(10);
  }
}

module.exports = { CLIENTS, describeRedis, privateRedis, until };
