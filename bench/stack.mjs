// npm run bench:stack [-- --node <version>] [--quick] [--seconds <n>] [--json]: whole requests over loopback. The server of
// each subject and the load run in separate processes. Each round measures every subject, so that a drift of the machine
// affects all alike, and medians are reported. Subjects are compared by the server's CPU time per request: it varies far
// less than requests per second, which also depend on the load generator and on other processes.
import { strictEqual } from 'node:assert';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onWantedNode } from '../scripts/node-runtime.mjs';
import { median } from './support/measure.mjs';
import { load, REQUESTS, secret } from './support/stack-requests.mjs';

const SERVER = fileURLToPath(new URL('stack-server.mjs', import.meta.url));
const SUBJECTS = {
  bare: 'bare Express 5',
  article: 'helmet + cors + express-rate-limit + sanitize + jsonwebtoken',
  best: 'the same with fast-jwt and its cache',
  'portcullis (web)': 'portcullis: harden, preset web, + authenticate',
  'portcullis (api)': 'portcullis: harden, preset api, + authenticate',
};
const ROUNDS = 5;
const WARM_UP_SECONDS = 1;

const args = onWantedNode();
const quick = args.includes('--quick');
const json = args.includes('--json');
const seconds = readSeconds();

const servers = {};
try {
  for (const name of Object.keys(SUBJECTS)) servers[name] = await start(name);
  for (const [name, request] of Object.entries(REQUESTS)) {
    await check(request);
    report(name, await measure(request));
  }
} finally {
  for (const { child } of Object.values(servers)) child.disconnect();
}

/** How long one load lasts; --seconds 1 is for exploring. */
function readSeconds() {
  const at = args.indexOf('--seconds');
  const given = at < 0 ? (quick ? 1 : 2) : Number(args[at + 1]);
  if (!Number.isInteger(given) || given < 1) throw new RangeError('--seconds must be a whole number, 1 or more');
  return given;
}

async function start(name) {
  const child = fork(SERVER, [name], { env: { ...process.env, NODE_ENV: 'production', BENCH_SECRET: secret } });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`The server of "${name}" ended before it listened`);
  });
  const [port] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  return { child, origin: `http://127.0.0.1:${port}` };
}

async function check({ path, ...init }) {
  let expected;
  for (const [name, { origin }] of Object.entries(servers)) {
    const response = await fetch(origin + path, init);
    const body = await response.text();
    strictEqual(response.status, 200, `${name} responds with ${response.status}: ${body}`);
    expected ??= body;
    strictEqual(body, expected, `${name} responds with another body`);
  }
}

/** Returns the medians of each subject. */
async function measure(request) {
  const figures = Object.fromEntries(Object.keys(servers).map((name) => [name, { rps: [], cpuUs: [] }]));
  for (const { origin } of Object.values(servers)) await load(origin, request, WARM_UP_SECONDS);
  for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
    for (const [name, { child, origin }] of Object.entries(servers)) {
      await usage(child);
      figures[name].rps.push(await load(origin, request, seconds));
      const { cpuUs, requests } = await usage(child);
      figures[name].cpuUs.push(cpuUs / requests);
    }
  }
  return Object.entries(figures).map(([subject, { rps, cpuUs }]) => ({
    subject,
    rps: Math.round(median(rps)),
    cpuUs: median(cpuUs),
  }));
}

/** The CPU time and the number of requests since the last call. */
async function usage(child) {
  const message = once(child, 'message');
  child.send('usage');
  return (await message)[0];
}

/** `toBare` and `toArticle` compare how many requests each serves in the same CPU time. */
function report(name, rows) {
  const cpuOf = (wanted) => rows.find(({ subject }) => subject === wanted).cpuUs;
  const [bare, article] = ['bare', 'article'].map(cpuOf);
  if (!json) console.log(`\nNode.js ${process.versions.node}, ${name}: server CPU per request`);
  for (const { subject, rps, cpuUs } of rows) {
    const ratios = { toBare: bare / cpuUs, toArticle: article / cpuUs };
    if (json) {
      const row = { area: 'stack', case: name, subject, nsPerOp: Math.round(cpuUs * 1e3), rps, ...ratios, cpuUs };
      console.log(JSON.stringify(row));
    } else {
      const share = `${(ratios.toBare * 100).toFixed(1).padStart(6)} % of bare ${ratios.toArticle.toFixed(2).padStart(6)} x article`;
      console.log(`${SUBJECTS[subject].padEnd(62)} ${cpuUs.toFixed(1).padStart(7)} us ${share} ${rps} req/s`);
    }
  }
}
