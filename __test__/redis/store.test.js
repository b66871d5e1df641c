'use strict';

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');
const { once } = require('node:events');
const net = require('node:net');

const fc = require('fast-check');

const { CLIENTS, describeRedis, privateRedis, until } = require('../support/redis');
const { RedisStore } = require('../..');

const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_REDIS_UNAVAILABLE', status: 503 };

/** A client that can do as much as is looked at, and never connects. */
const idleClient = () => ({ call() {}, status: 'connecting', duplicate() {}, on() {} });

/** Whatever the program did not expect, in any test of this file. */
const strays = [];
process.on('unhandledRejection', (reason) => strays.push(reason));

describe('redis store: options', () => {
  const { Redis, Cluster } = require('ioredis');
  const { createClient, createCluster, createClientPool, createSentinel } = require('redis');

  const REFUSED = [
    ['no options', undefined, 'ERR_REDIS_OPTION', /new Redis\(url\).*createClient/],
    ['no client', {}, 'ERR_REDIS_OPTION', /`client` is required: a client of ioredis, as new Redis\(url\)/],
    ['null for a client', { client: null }, 'ERR_REDIS_OPTION', /not null/],
    ['an address for a client', { client: 'redis://127.0.0.1' }, 'ERR_REDIS_OPTION', /new Redis\(url\)/],
    ['any object for a client', { client: { get() {}, set() {} } }, 'ERR_REDIS_OPTION', /new Redis\(url\)/],
    ['a function for a client', { client: Redis }, 'ERR_REDIS_OPTION', /new Redis\(url\)/],
    ['a client of redis 3', { client: { send_command() {}, connected: true } }, 'ERR_REDIS_OPTION', /redis 4 or newer/],
    ['an empty prefix', { client: idleClient(), prefix: '' }, 'ERR_REDIS_OPTION', /"prefix"/],
    ['a prefix of bytes', { client: idleClient(), prefix: Buffer.from('a') }, 'ERR_REDIS_OPTION', /"prefix"/],
    ['a deadline of 0', { client: idleClient(), deadlineMs: 0 }, 'ERR_REDIS_OPTION_RANGE', /from 1 to 60000/],
    ['a deadline of an hour', { client: idleClient(), deadlineMs: 3.6e6 }, 'ERR_REDIS_OPTION_RANGE', /60000/],
    ['a deadline of no number', { client: idleClient(), deadlineMs: NaN }, 'ERR_REDIS_OPTION_RANGE', /not NaN/],
    [
      'a deadline as text',
      { client: idleClient(), deadlineMs: '200' },
      'ERR_REDIS_OPTION',
      /whole number .*not a string$/,
    ],
    [
      'an unknown choice',
      { client: idleClient(), onFailure: 'ajar' },
      'ERR_REDIS_OPTION',
      /"fallback", "open", "closed"/,
    ],
    ['an empty choice', { client: idleClient(), onFailure: '' }, 'ERR_REDIS_OPTION', /one of/],
    ['a choice that was lost', { client: idleClient(), onFailure: undefined }, 'ERR_REDIS_OPTION', /is undefined/],
    [
      'an unknown name',
      { client: idleClient(), keyPrefix: 'a' },
      'ERR_REDIS_OPTION',
      /unknown option "keyPrefix"; did you mean "prefix"/,
    ],
  ];

  for (const [name, options, code, message] of REFUSED) {
    it(`rejects ${name}`, () => {
      assert.throws(() => new RedisStore(options), { code, message });
    });
  }

  it('rejects the clients of clusters, of Sentinel and of pools, and says what to make instead', () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true });
    assert.throws(() => new RedisStore({ client: cluster }), { code: 'ERR_REDIS_OPTION', message: /one server/ });
    cluster.disconnect();
    const root = { rootNodes: [{ url: 'redis://127.0.0.1:1' }] };
    assert.throws(() => new RedisStore({ client: createCluster(root) }), { message: /one server/ });
    const sentinel = createSentinel({ name: 'main', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] });
    assert.throws(() => new RedisStore({ client: sentinel }), { message: /new Redis\(\{ sentinels, name \}\)/ });
    assert.throws(() => new RedisStore({ client: createClientPool() }), { message: /not a pool/ });
    const { createClient: createClient4 } = require('redis4');
    assert.throws(() => new RedisStore({ client: createClient4({ legacyMode: true }) }), { message: /legacyMode/ });
  });

  it('keeps the choice for the areas to read', () => {
    assert.equal(new RedisStore({ client: idleClient() }).onFailure, undefined);
    assert.equal(new RedisStore({ client: idleClient(), onFailure: 'closed' }).onFailure, 'closed');
  });

  it('adds one listener to a client, however many stores share it', () => {
    const client = createClient();
    for (let i = 0; i < 20; i += 1) new RedisStore({ client });
    assert.deepEqual([client.listenerCount('error'), client.listenerCount('ready')], [1, 1]);
  });

  it('builds the same key only from the same parts', () => {
    const store = new RedisStore({ client: idleClient(), prefix: 'app:' });
    assert.equal(store.key('refresh', 'family', 'a-1'), 'app:refresh:family:a-1');
    const piece = fc.constantFrom('', 'a', ':', '%', '%003a', '003a', '\ud800', '\ud801', '\udc00', 'é');
    const parts = fc.array(
      fc.array(piece, { maxLength: 3 }).map((list) => list.join('')),
      { minLength: 1, maxLength: 3 },
    );
    const bytes = (list) => Buffer.from(store.key(...list)).toString('hex');
    fc.assert(
      fc.property(parts, parts, (a, b) => (bytes(a) === bytes(b)) === (JSON.stringify(a) === JSON.stringify(b))),
      { numRuns: 5_000 },
    );
  });
});

describe('redis store: a server that never answers', () => {
  const sockets = new Set();
  const silent = net.createServer((socket) => sockets.add(socket.on('error', () => {})));
  before(async () => {
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  for (const { name, connect, close } of CLIENTS) {
    it(`fails within the deadline with ${name}`, async () => {
      const client = await connect(silent.address().port);
      const store = new RedisStore({ client, deadlineMs: 60 });
      const start = performance.now();
      const results = await Promise.allSettled([store.command(['PING']), store.script('return 1', [], [])]);
      const took = performance.now() - start;
      for (const { reason } of results) {
        assert.deepEqual({ name: reason.name, code: reason.code, status: reason.status }, UNAVAILABLE);
        assert.match(reason.message, /within 60 ms/);
        assert.ok(reason.cause instanceof Error);
      }
      assert.ok(took < 1_000, `${took} ms`);
      close(client);
    });
  }
});

describeRedis('redis store: a server', () => {
  // Each client has a server of its own, and mostly waits.
  describe('of each client', { concurrency: true }, () => {
    for (const { name, connect, close } of CLIENTS) describe(name, { concurrency: 1 }, () => suite(connect, close));
  });
});

/** @param {(port: number) => Promise<any>} connect @param {(client: any) => void} close */
function suite(connect, close) {
  const server = privateRedis();
  let client;
  let store;
  before(async () => {
    await server.start();
    client = await connect(server.port);
    store = new RedisStore({ client, deadlineMs: 500 });
    // A machine that is busy with other tests may be slow to begin.
    await until(() => store.command(['PING']).then(Boolean, () => false));
  });
  after(() => close(client));

  it('answers commands, and waits for a connection that is being made', async () => {
    assert.equal(await store.command(['SET', store.key('a', 'b:c'), 'é']), 'OK');
    assert.equal(await store.command(['GET', 'portcullis:a:b%003ac']), 'é');
    assert.equal(await store.command(['GET', store.key('absent')]), null);
  });

  it('runs a script, by its text the first time and by its name from then on', async () => {
    const lua = `return {KEYS[1], ARGV[1], 7, ARGV[2]} -- ${performance.now()}`;
    assert.deepEqual(await store.script(lua, ['k'], ['x', '']), ['k', 'x', 7, '']);
    assert.deepEqual(await store.script(lua, ['k'], ['y', 'z']), ['k', 'y', 7, 'z']);
    await server.ask('SCRIPT FLUSH');
    assert.deepEqual(await store.script(lua, ['k'], ['x', '']), ['k', 'x', 7, '']);
  });

  it('rejects what the server refuses, without the arguments of the command', async () => {
    const failures = [
      store.command(['HGET', store.key('a', 'b:c'), 'private']),
      store.command(['NOSUCH', 'private']),
      store.script('return nosuch(ARGV[1])', [], ['private']),
    ];
    for (const failure of failures) {
      const error = await failure.then(assert.fail, (reason) => reason);
      assert.deepEqual({ name: error.name, code: error.code, status: error.status }, UNAVAILABLE);
      assert.equal(error.cause.command, undefined);
    }
    const { inspect } = require('node:util');
    await assert.rejects(failures[0], (error) => !inspect(error, { depth: 9 }).includes('private'));
  });

  it('tells a subscriber of messages, of the loss of its connection and of its return', async () => {
    const heard = [];
    const channel = store.key('channel');
    const unsubscribe = await store.subscribe(
      channel,
      (message) => heard.push(message),
      () => heard.push('up'),
      () => heard.push('down'),
    );
    await until(() => heard.length === 1);
    await store.command(['PUBLISH', channel, 'one é']);
    await until(() => heard.length === 2);
    await server.kill();
    await until(() => heard.length === 3);
    await assert.rejects(store.command(['PING']), UNAVAILABLE);
    await server.start();
    await until(() => heard.length === 4);
    await until(async () => (await store.command(['PUBLISH', channel, 'two']).catch(() => 0)) === 1);
    await until(() => heard.length >= 5);
    assert.deepEqual(heard.slice(0, 5), ['up', 'one é', 'down', 'up', 'two']);
    await unsubscribe();
    await unsubscribe();
    assert.deepEqual(heard.slice(5), ['down']);
    await until(async () => (await server.ask('PUBSUB CHANNELS')) === '*0\r\n');
  });

  it('runs a script after the server has come back without its scripts', async () => {
    const lua = 'return ARGV[1] .. "!"';
    assert.equal(await store.script(lua, [], ['a']), 'a!');
    await server.kill();
    await assert.rejects(store.script(lua, [], ['a']), UNAVAILABLE);
    await server.start();
    await until(() =>
      store.command(['PING']).then(
        () => true,
        () => false,
      ),
    );
    assert.equal(await store.script(lua, [], ['b']), 'b!');
  });

  it('never sends later what it has given up', async () => {
    await server.kill();
    await until(() => !(client.isReady ?? client.status === 'ready'));
    const key = store.key('late');
    await assert.rejects(store.command(['SET', key, '1']), UNAVAILABLE);
    await server.start();
    await until(() =>
      store.command(['PING']).then(
        () => true,
        () => false,
      ),
    );
    assert.equal(await store.command(['GET', key]), null);
  });

  it('fails within the deadline while the server hangs, and notices on its subscription', async () => {
    const heard = [];
    const unsubscribe = await store.subscribe(
      store.key('hang'),
      () => {},
      () => heard.push('up'),
      () => heard.push('down'),
    );
    await until(() => heard.length === 1);
    server.pause();
    try {
      const start = performance.now();
      await assert.rejects(store.command(['PING']), { ...UNAVAILABLE, message: /no answer within 500 ms/ });
      assert.ok(performance.now() - start < 2_000);
      await until(() => heard.length === 2);
    } finally {
      server.resume();
    }
    await until(() =>
      store.command(['PING']).then(
        () => true,
        () => false,
      ),
    );
    await until(() => heard.length === 3);
    await unsubscribe();
    assert.deepEqual(heard, ['up', 'down', 'up', 'down']);
  });

  it('fails at once when the server owes too many answers', async () => {
    const hasty = new RedisStore({ client, deadlineMs: 20 });
    server.pause();
    try {
      await Promise.allSettled(Array.from({ length: 1_000 }, () => hasty.command(['PING'])));
      await assert.rejects(hasty.command(['PING']), { ...UNAVAILABLE, message: /has not answered 1000/ });
    } finally {
      server.resume();
    }
    await until(() =>
      hasty.command(['PING']).then(
        () => true,
        () => false,
      ),
    );
  });

  it('leaves no rejection unhandled', () => {
    assert.deepEqual(strays, []);
  });
}
