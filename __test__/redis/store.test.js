'use strict';

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');
const { once } = require('node:events');
const net = require('node:net');

const fc = require('fast-check');

const { describeRedis, privateRedis } = require('../support/redis');
const { until } = require('../support/until');
const { CLIENTS } = require('../support/redis-clients');
const { createRefreshTokens, RedisStore } = require('../..');

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
    ['no options', undefined, 'ERR_REDIS_OPTION', /`client` is required: a client of ioredis .*createClient/],
    ['no client', {}, 'ERR_REDIS_OPTION', /`client` is required: a client of ioredis .*createClient/],
    ['a client that is undefined', { client: undefined }, 'ERR_REDIS_OPTION', /required but undefined/],
    ['null for a client', { client: null }, 'ERR_REDIS_OPTION', /not null/],
    ['an address for a client', { client: 'redis://127.0.0.1' }, 'ERR_REDIS_OPTION', /new Redis\(url\)/],
    ['any object for a client', { client: { get() {}, set() {} } }, 'ERR_REDIS_OPTION', /new Redis\(url\)/],
    ['a function for a client', { client: Redis }, 'ERR_REDIS_OPTION', /new Redis\(url\)/],
    ['a client of redis 3', { client: { send_command() {}, connected: true } }, 'ERR_REDIS_OPTION', /redis 4 or newer/],
    [
      'a prefix that breaks hash tags',
      { client: idleClient(), prefix: 'app{}:' },
      'ERR_REDIS_OPTION',
      /"prefix".*"\{\}"/,
    ],
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

  it('accepts the clients of clusters, of Sentinel and of pools', () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true });
    const sentinel = { name: 'main', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] };
    const root = { rootNodes: [{ url: 'redis://127.0.0.1:1' }] };
    for (const client of [cluster, createCluster(root), createSentinel(sentinel), createClientPool()]) {
      new RedisStore({ client });
    }
    cluster.disconnect();
  });

  it('rejects clients whose replies or keys are not what they seem', () => {
    const { createClient: createClient4 } = require('redis4');
    assert.throws(() => new RedisStore({ client: createClient4({ legacyMode: true }) }), { message: /legacyMode/ });
    const keyPrefix = 'shop:';
    const sentinel = { name: 'main', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }], keyPrefix };
    const root = { rootNodes: [{ url: 'redis://127.0.0.1:1' }], keyPrefix };
    const clients = [
      createClient({ keyPrefix }),
      createClientPool({ keyPrefix }),
      createSentinel(sentinel),
      createCluster(root),
    ];
    for (const client of clients) {
      assert.throws(() => new RedisStore({ client }), {
        code: 'ERR_REDIS_OPTION',
        message: /without `keyPrefix`.*option "prefix"/,
      });
    }
  });

  it('is recognised when another copy of the package made it', () => {
    const paths = ['../../lib/redis', '../../lib/redis/store'].map((path) => require.resolve(path));
    const [index] = paths;
    const { isRedisStore } = require(index);
    for (const path of paths) delete require.cache[path];
    const { RedisStore: Other } = require(index);
    assert.notEqual(Other, RedisStore);
    const store = new Other({ client: idleClient(), onFailure: 'closed' });
    assert.ok(isRedisStore(store));
    createRefreshTokens({ store });
    for (const forged of [null, {}, idleClient(), { onFailure: 'closed' }]) assert.equal(isRedisStore(forged), false);
  });

  it('rejects a deadline that is shorter than the requestTimeout of GLIDE', async () => {
    const kind = CLIENTS.find(({ name }) => name === 'GlideClient');
    const client = await kind.connect([1]);
    const message = /"deadlineMs" must be at least 250.*requestTimeout.*not 249/;
    assert.throws(() => new RedisStore({ client, deadlineMs: 249 }), { code: 'ERR_REDIS_OPTION_RANGE', message });
    new RedisStore({ client, deadlineMs: 250 });
    kind.close(client);
  });

  it('keeps `onFailure` for the areas', () => {
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
    const piece = fc.constantFrom('', 'a', ':', '{', '}', '%', '%003a', '003a', '\ud800', '\ud801', '\udc00', 'é');
    // Braces would be taken for a hash tag.
    assert.equal(store.key('{a}'), 'app:%007ba%007d');
    assert.equal(store.taggedKey(['revocations', '}x'], 'log'), 'app:{revocations:%007dx}:log');
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

  for (const { name, connect, close, minDeadlineMs = 60 } of CLIENTS) {
    it(`fails within the deadline with ${name}`, async () => {
      const client = await connect([silent.address().port]);
      const store = new RedisStore({ client, deadlineMs: minDeadlineMs });
      const start = performance.now();
      const results = await Promise.allSettled([store.command(['PING']), store.script('return 1', [], [])]);
      const took = performance.now() - start;
      for (const { reason } of results) {
        assert.deepEqual({ name: reason.name, code: reason.code, status: reason.status }, UNAVAILABLE);
        assert.match(reason.message, minDeadlineMs === 60 ? /within 60 ms/ : /within 250 ms|timed out/i);
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
    for (const kind of CLIENTS) describe(kind.name, { concurrency: 1 }, () => suite(kind));
  });
});

/** @param {typeof CLIENTS[number]} kind */
function suite({ name, connect, close, minDeadlineMs = 20 }) {
  // These never write a command whose deadline has passed.
  const removesUnsent = /^redis(?!4)|^Glide/.test(name);
  const server = privateRedis();
  let client;
  let store;
  before(async () => {
    await server.start();
    client = await connect([server.port]);
    store = new RedisStore({ client, deadlineMs: 500 });
    // A machine that is busy with other tests may be slow to begin.
    await until(() => store.command(['PING']).then(Boolean, () => false));
  });
  after(() => close(client));

  it('sends commands, and waits for a connection that is being made', async () => {
    assert.equal(await store.command(['SET', store.key('a', 'b:c'), 'é']), 'OK');
    assert.equal(await store.command(['GET', 'portcullis:a:b%003ac']), 'é');
    assert.equal(await store.command(['GET', store.key('absent')]), null);
  });

  it('runs a script by its text the first time, and by its name from then on', async () => {
    const lua = `return {KEYS[1], ARGV[1], 7, ARGV[2]} -- ${performance.now()}`;
    assert.deepEqual(await store.script(lua, ['k'], ['x', '']), ['k', 'x', 7, '']);
    assert.deepEqual(await store.script(lua, ['k'], ['y', 'z']), ['k', 'y', 7, 'z']);
    await server.ask('SCRIPT FLUSH');
    assert.deepEqual(await store.script(lua, ['k'], ['x', '']), ['k', 'x', 7, '']);
  });

  it('rejects with what the server reports, without the arguments of the command', async () => {
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

  it('tells a subscriber about messages, and when its connection is lost and made again', async () => {
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
    await until(async () => (await store.command(['PUBLISH', channel, 'two']).catch(() => 0)) > 0);
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
    await until(() => store.command(['PING']).then(Boolean, () => false));
    assert.equal(await store.script(lua, [], ['b']), 'b!');
  });

  it('never sends a command after it has failed', async () => {
    await server.kill();
    await until(() => !(client.isReady ?? (client.status === undefined ? false : client.status === 'ready')));
    const key = store.key('late');
    await assert.rejects(store.command(['SET', key, '1']), UNAVAILABLE);
    await server.start();
    await until(() => store.command(['PING']).then(Boolean, () => false));
    assert.equal(await store.command(['GET', key]), null);
  });

  it('fails within the deadline while the server hangs, and reports the lost subscription', async () => {
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
      await assert.rejects(store.command(['PING']), { ...UNAVAILABLE, message: /no answer within 500 ms|timed out/i });
      assert.ok(performance.now() - start < 2_000);
      await until(() => heard.length === 2);
    } finally {
      server.resume();
    }
    await until(() => store.command(['PING']).then(Boolean, () => false));
    await until(() => heard.length === 3);
    await unsubscribe();
    assert.deepEqual(heard, ['up', 'down', 'up', 'down']);
  });

  it('fails at once when the server has not answered 1,000 commands', async () => {
    const hasty = new RedisStore({ client, deadlineMs: minDeadlineMs });
    server.pause();
    try {
      await Promise.allSettled(Array.from({ length: 1_000 }, () => hasty.command(['PING'])));
      const message = removesUnsent ? /no answer within|timed out|has not answered 1000/i : /has not answered 1000/;
      await assert.rejects(hasty.command(['PING']), { ...UNAVAILABLE, message });
    } finally {
      server.resume();
    }
    await until(() => hasty.command(['PING']).then(Boolean, () => false));
  });

  it('leaves no rejection unhandled', () => {
    assert.deepEqual(strays, []);
  });
}
