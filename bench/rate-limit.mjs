// A decision per kind of address, a decision per text key, the middleware, and the memory of a key.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createLimiter, rateLimit } = require('../lib/rate-limit');
const erl = require('express-rate-limit');
const { RateLimiterMemory } = require('rate-limiter-flexible');

const LIMIT = 16_000_000;
const WINDOW_MS = 600_000;
const ADDRESSES = {
  IPv4: '203.0.113.195',
  IPv6: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
  'IPv4 as IPv6 (::ffff:)': '::ffff:203.0.113.195',
};

class Response {
  statusCode = 200;
  headersSent = false;
  fields = new Map();
  getHeader(name) {
    return this.fields.get(name);
  }
  setHeader(name, value) {
    this.fields.set(name, value);
  }
  append(name, value) {
    const before = this.fields.get(name);
    this.fields.set(name, before === undefined ? value : [].concat(before, value));
  }
}

function memoryStore() {
  const store = new erl.MemoryStore();
  store.init({ windowMs: WINDOW_MS });
  return store;
}

function decision(name, ip) {
  const limiter = createLimiter({ limit: LIMIT, windowMs: WINDOW_MS, keys: 'address' });
  const flexible = new RateLimiterMemory({ points: LIMIT, duration: WINDOW_MS / 1000 });
  const store = memoryStore();
  return {
    name: `consume, ${name}`,
    target: '<= 150 ns',
    subjects: {
      portcullis: () => limiter.consume(ip).allowed,
      'express-rate-limit store and key': async () =>
        (await store.increment(erl.ipKeyGenerator(ip))).totalHits <= LIMIT,
      'rate-limiter-flexible and key': async () =>
        (await flexible.consume(erl.ipKeyGenerator(ip))).remainingPoints >= 0,
    },
    teardown: () => store.shutdown(),
  };
}

function algorithm(algorithm) {
  const limiter = createLimiter({ limit: LIMIT, windowMs: WINDOW_MS, algorithm });
  const flexible = new RateLimiterMemory({ points: LIMIT, duration: WINDOW_MS / 1000 });
  return {
    name: `consume, text key, ${algorithm}`,
    subjects: {
      portcullis: () => limiter.consume('user:123456').allowed,
      'rate-limiter-flexible': async () => (await flexible.consume('user:123456')).remainingPoints >= 0,
    },
  };
}

function middleware(name, ip) {
  const options = { limit: LIMIT, windowMs: WINDOW_MS, standardHeaders: 'draft-8', legacyHeaders: false };
  const store = memoryStore();
  const ours = rateLimit(options);
  const theirs = erl.rateLimit({ ...options, store, validate: false });
  const run = (limit) => {
    const req = { ip, headers: {}, app: { get: () => 1 } };
    const res = new Response();
    return new Promise((resolve) => limit(req, res, () => resolve(res.fields.size)));
  };
  return {
    name: `middleware, draft-8, ${name}`,
    target: '<= 1/5 of express-rate-limit',
    subjects: { portcullis: () => run(ours), 'express-rate-limit': () => run(theirs) },
    teardown: () => store.shutdown(),
  };
}

export function cases() {
  const rows = Object.entries(ADDRESSES);
  return [
    ...rows.map(([name, ip]) => decision(name, ip)),
    algorithm('fixed'),
    algorithm('gcra'),
    ...rows.map(([name, ip]) => middleware(name, ip)),
  ];
}
