// Installs the tarballs as a user does, into a new folder, and sends requests to the hardened app there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const START_DEADLINE_MS = 20_000;
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * Adds the main tarball, and points every platform package at its tarball: npm itself then chooses the one that fits,
 * and no name is looked up that this version has not published yet. `npmArgs` name another platform than this one.
 */
export function install(source, folder, tarballs, npmArgs = []) {
  cpSync(source, folder, { recursive: true });
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.dependencies = { ...manifest.dependencies, portcullis: `file:${tarballs.main}` };
  manifest.overrides = Object.fromEntries(
    Object.entries(tarballs.platforms).map(([name, file]) => [name, `file:${file}`]),
  );
  writeFileSync(path, JSON.stringify(manifest));
  run(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...npmArgs],
    { cwd: folder },
  );
}

/** Starts the app, and asserts the responses that every hardened app must send. */
export async function drive(folder, entry) {
  const app = spawn(process.execPath, [entry], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const signal = AbortSignal.timeout(START_DEADLINE_MS);
    const [line] = await Promise.race([once(app.stdout, 'data', { signal }), exited(app)]);
    const { port, token } = JSON.parse(String(line));
    await checkAnswers(`http://127.0.0.1:${port}`, token);
  } finally {
    app.kill();
  }
}

async function exited(app) {
  const [code] = await once(app, 'exit');
  throw new Error(`the app ended with ${code} before it listened`);
}

async function checkAnswers(origin, token) {
  const health = await fetch(`${origin}/health`);
  assert.equal(health.status, 200);
  assert.equal(health.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(health.headers.get('x-powered-by'), null);

  assert.equal((await fetch(`${origin}/me`)).status, 401);
  const me = await fetch(`${origin}/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(me.status, 200);
  assert.equal((await me.json()).sub, 'ada');

  const post = (body) => fetch(`${origin}/echo`, { method: 'POST', headers: JSON_TYPE, body });
  const refused = await post('{"email":{"$gt":""}}');
  assert.equal(refused.status, 400);
  assert.match(refused.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const taken = await post('{"email":"ada@example.com"}');
  assert.equal(taken.status, 200);
  assert.deepEqual(await taken.json(), { email: 'ada@example.com' });
}
