// One subject of bench/stack.mjs in a separate process: `node bench/stack-server.mjs <subject>`, started by fork().
// It sends its port when it listens, and on each message the CPU microseconds and requests since the last one.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const express = require('express');

const SECRET = process.env.BENCH_SECRET;
const ORIGIN = 'https://app.example.com';
const LIMIT = { windowMs: 60_000, limit: 10_000_000 };

const bearer = (req) => req.headers.authorization.slice('Bearer '.length);

/** The middlewares that articles recommend, with the given token check. */
function stack(app, check) {
  const { sanitize } = require('express-mongo-sanitize');
  app.use(require('helmet')());
  app.use(require('cors')({ origin: [ORIGIN] }));
  app.use(require('express-rate-limit').rateLimit({ ...LIMIT, standardHeaders: 'draft-8', legacyHeaders: false }));
  app.use(express.json());
  // Its middleware writes to req.query, which Express 5 forbids, so only its function is applied, to the body.
  app.use((req, _res, next) => {
    if (req.body) req.body = sanitize(req.body);
    next();
  });
  app.use((req, _res, next) => {
    req.auth = { claims: check(bearer(req)) };
    next();
  });
}

function portcullis(app, preset) {
  const { authenticate, harden } = require('..');
  app.use(harden({ preset, requestId: false, cors: { origin: [ORIGIN] }, rateLimit: LIMIT }));
  app.use(authenticate({ key: SECRET, algorithms: ['HS256'] }));
}

const SUBJECTS = {
  // A POST needs its body in any app.
  bare: (app) => app.use(express.json()),
  article(app) {
    const { verify } = require('jsonwebtoken');
    stack(app, (token) => verify(token, SECRET, { algorithms: ['HS256'] }));
  },
  best(app) {
    stack(app, require('fast-jwt').createVerifier({ key: SECRET, algorithms: ['HS256'], cache: 1000 }));
  },
  'portcullis (web)': (app) => portcullis(app, 'web'),
  'portcullis (api)': (app) => portcullis(app, 'api'),
};

const app = express();
let requests = 0;
app.disable('x-powered-by');
SUBJECTS[process.argv[2]](app);
app.get('/me', (_req, res) => {
  requests++;
  res.json({ id: 'ada', role: 'admin' });
});
app.post('/orders', (req, res) => {
  requests++;
  res.json({ customer: req.body.customer, items: req.body.items.length });
});

const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port));
let since = process.cpuUsage();
process.on('message', () => {
  const { user, system } = process.cpuUsage(since);
  process.send({ cpuUs: user + system, requests });
  since = process.cpuUsage();
  requests = 0;
});
process.on('disconnect', () => process.exit());
