// The requests of bench/stack.mjs, and the load of one of them by autocannon in a separate process.
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon');
const CONNECTIONS = 20;
const BODY_BYTES = 600;

export const secret = randomBytes(32).toString('hex');
const headers = { Authorization: `Bearer ${token()}`, Origin: 'https://app.example.com' };

/** @type {{ [name: string]: { method: string, path: string, headers: Record<string, string>, body?: string } }} */
export const REQUESTS = {
  'GET /me': { method: 'GET', path: '/me', headers },
  [`POST of ${BODY_BYTES} bytes`]: {
    method: 'POST',
    path: '/orders',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: order(),
  },
};

function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'ada', role: 'admin', iat: now, exp: now + 3600 })}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** An order as a shop's API receives it, with a note that fills it up to the size. */
function order() {
  const items = Array.from({ length: 5 }, (_, i) => ({
    sku: `PRT-${1000 + i}`,
    title: 'A gate of iron',
    quantity: i + 1,
    price: 12.5 * (i + 1),
  }));
  const body = { customer: 'ada@example.com', items, note: '' };
  body.note = 'x'.repeat(BODY_BYTES - JSON.stringify(body).length);
  return JSON.stringify(body);
}

/** Sends one request over and over for some seconds. Rejects when any response is not 2xx. */
export async function load(origin, { method, path, headers, body }, seconds) {
  const list = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const payload = body === undefined ? [] : ['-b', body];
  const flags = ['--json', '-n', '-c', CONNECTIONS, '-d', seconds, '-m', method, ...list, ...payload];
  const child = spawn(process.execPath, [AUTOCANNON, ...flags.map(String), origin + path], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  const { requests, non2xx, errors } = JSON.parse(output);
  if (non2xx || errors) throw new Error(`${non2xx + errors} requests failed`);
  return requests.average;
}
