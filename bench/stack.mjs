// npm run bench:stack [--quick] [--seconds <n>] [--json]: whole requests over loopback. The server of each subject and the load are
// processes of their own. Rounds go round the subjects, so that a drift of the machine meets all alike; medians count.
// The CPU time that a server spends per request is printed too: it varies far less than requests per second.
import { strictEqual } from 'node:assert';
import { fork, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const AUTOCANNON = require.resolve('autocannon');
const SERVER = fileURLToPath(new URL('stack-server.mjs', import.meta.url));
const SUBJECTS = {
  bare: 'bare Express 5',
  article: 'helmet + cors + express-rate-limit + sanitize + jsonwebtoken',
  best: 'the same with fast-jwt and its cache',
  portcullis: 'portcullis: harden + authenticate',
};
const CONNECTIONS = 20;

const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const seconds = readSeconds();
const secret = randomBytes(32).toString('hex');
const headers = { Authorization: `Bearer ${token()}`, Origin: 'https://app.example.com' };

const servers = {};
try {
  for (const name of Object.keys(SUBJECTS)) servers[name] = await start(name);
  await check();
  await measure();
  report();
} finally {
  for (const { child } of Object.values(servers)) child.disconnect();
}

/** How long one load lasts; --seconds 1 is for exploring. */
function readSeconds() {
  const at = process.argv.indexOf('--seconds');
  const given = at < 0 ? (quick ? 1 : 3) : Number(process.argv[at + 1]);
  if (!Number.isInteger(given) || given < 1) throw new RangeError('--seconds must be a whole number, 1 or more');
  return given;
}

function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'ada', role: 'admin', iat: now, exp: now + 3600 })}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

async function start(name) {
  const child = fork(SERVER, [name], { env: { ...process.env, NODE_ENV: 'production', BENCH_SECRET: secret } });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`The server of "${name}" ended before it listened`);
  });
  const [port] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  return { child, url: `http://127.0.0.1:${port}/me`, rps: [], cpuUs: [] };
}

async function check() {
  let expected;
  for (const [name, { url }] of Object.entries(servers)) {
    const response = await fetch(url, { headers });
    const body = await response.text();
    strictEqual(response.status, 200, `${name} answers ${response.status}`);
    expected ??= body;
    strictEqual(body, expected, `${name} answers another body`);
  }
}

async function measure() {
  const rounds = quick ? 1 : 5;
  for (const server of Object.values(servers)) await load(server.url, 1);
  for (let round = 0; round < rounds; round++) {
    for (const [name, server] of Object.entries(servers)) {
      await usage(server);
      const result = await load(server.url, seconds);
      if (result.non2xx || result.errors) throw new Error(`${name}: ${result.non2xx + result.errors} requests failed`);
      const { cpuUs, requests } = await usage(server);
      server.rps.push(result.requests.average);
      server.cpuUs.push(cpuUs / requests);
    }
  }
}

async function usage({ child }) {
  const answer = once(child, 'message');
  child.send('usage');
  return (await answer)[0];
}

async function load(url, seconds) {
  const list = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = [AUTOCANNON, '--json', '-n', '-c', CONNECTIONS, '-d', seconds, ...list, url];
  const child = spawn(process.execPath, args.map(String), { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  return JSON.parse(output);
}

function report() {
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const { bare, article } = servers;
  for (const [name, { rps, cpuUs }] of Object.entries(servers)) {
    const perSecond = median(rps);
    const [toBare, toArticle] = [bare, article].map((other) => perSecond / median(other.rps));
    const cpu = median(cpuUs);
    if (json) {
      const nsPerOp = Math.round(1e9 / perSecond);
      console.log(
        JSON.stringify({
          area: 'stack',
          case: 'GET /me',
          subject: name,
          nsPerOp,
          rps: Math.round(perSecond),
          toBare,
          toArticle,
          cpuUs: cpu,
        }),
      );
      continue;
    }
    const figures = `${perSecond.toFixed(0).padStart(7)} req/s ${(toBare * 100).toFixed(1).padStart(6)} % of bare ${toArticle.toFixed(2).padStart(6)} x article`;
    console.log(`${SUBJECTS[name].padEnd(62)} ${figures} ${cpu.toFixed(1).padStart(7)} us CPU`);
  }
  if (!json) console.log('targets: portcullis >= 76 % of bare and >= 5 x article');
}
