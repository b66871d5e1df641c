// @ts-check
'use strict';

// Every example of the README is a whole program and runs as it stands, so that none of them can rot.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const DEADLINE_MS = 30_000;

/** The examples with the heading above each. */
const EXAMPLES = README.split(/^## /m).flatMap((section) => {
  const heading = section.split('\n', 1)[0];
  return [...section.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code], i) => ({
    name: i > 0 ? `${heading} (${i + 1})` : heading,
    code,
  }));
});

/** Runs in a process of its own, in the checkout, where `require('portcullis')` is the checkout itself. */
function run(/** @type {string} */ code) {
  return execFileSync(process.execPath, ['-'], {
    cwd: ROOT,
    input: code,
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: DEADLINE_MS,
  });
}

/**
 * The statuses of calls to an example's `app`, one after the other, in a process that must outlive them.
 * @param {string} code @param {string} express @param {Array<[path: string, body: unknown]>} calls
 */
function ask(code, express, calls) {
  const program = `${code.replace("require('express')", `require('${express}')`)}
    const server = app.listen(0, '127.0.0.1', async () => {
      const headers = { 'content-type': 'application/json' };
      const statuses = [];
      for (const [path, body] of ${JSON.stringify(calls)}) {
        const init = { method: 'POST', headers, body: JSON.stringify(body) };
        statuses.push((await fetch('http://127.0.0.1:' + server.address().port + path, init)).status);
      }
      console.log(JSON.stringify(statuses));
      server.close();
      server.closeAllConnections();
    });`;
  return JSON.parse(run(program));
}

describe('readme', () => {
  it('has examples', () => {
    assert.ok(EXAMPLES.length >= 5);
  });

  for (const { name, code } of EXAMPLES) {
    it(`runs the example of "${name}"`, () => {
      const printed = run(code).trimEnd().split('\n').filter(Boolean);
      const promised = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => comment);
      assert.equal(printed.length, promised.length);
      for (const [i, comment] of promised.entries()) assert.equal(printed[i], said(comment));
    });
  }

  for (const version of ['express', 'express4']) {
    it(`answers the mistakes of clients in the quick start on ${version}`, () => {
      const [app, safe] = EXAMPLES.filter(({ name }) => name.startsWith('Quick start')).map(({ code }) => code);
      const wrapped = `${safe}${app.replace(/async \(req, res\) => \{.*?^\}(?=\);)/gms, 'safe($&)')}`;
      const ada = { email: 'ada@example.com', password: 'correct horse battery staple' };
      const statuses = ask(version === 'express4' ? wrapped : app, version, [
        ['/log-in', {}],
        // The hash refuses it with a rejected promise, which must reach errorHandler.
        ['/log-in', { ...ada, password: 'x'.repeat(2_000) }],
        ['/sign-up', ada],
        ['/sign-up', ada],
        ['/log-in', ada],
        ['/log-in', { ...ada, password: 'wrong' }],
      ]);
      assert.deepEqual(statuses, [400, 400, 201, 409, 200, 401]);
    });

    it(`signs in by a cookie, and asks for it, on ${version}`, () => {
      const code = EXAMPLES.filter(({ name }) => name.startsWith('Tokens')).find((one) =>
        /tokenCookie/.test(one.code),
      )?.code;
      const calls = /** @type {Array<[string, unknown]>} */ ([
        ['/log-in', {}],
        ['/log-in', { email: 'ada@example.com' }],
        ['/articles', { title: 'x' }],
        ['/log-out', {}],
      ]);
      assert.deepEqual(ask(code ?? '', version, calls), [400, 204, 401, 204]);
    });

    it(`serves the recipes on ${version}`, () => {
      const [routes, logIns] = EXAMPLES.filter(({ name }) => name.startsWith('Recipes')).map(({ code }) => code);
      const long = Array.from({ length: 50_000 }, () => 'row');
      const answers = ask(routes, version, [
        ['/imports', long],
        ['/comments', long],
        ['/comments', { text: 'short' }],
        ['/nowhere', {}],
      ]);
      assert.deepEqual(answers, [200, 413, 201, 404]);
      const ada = { email: 'ada@example.com' };
      const tries = Array.from({ length: 6 }, () => /** @type {[string, unknown]} */ (['/log-in', ada]));
      assert.deepEqual(ask(logIns, version, [['/log-in', {}], ...tries]), [400, 200, 200, 200, 200, 200, 429]);
    });
  }

  it('refreshes and logs out by cookie as the example of refresh tokens does', () => {
    const code = EXAMPLES.find(({ name }) => name === 'Refresh tokens')?.code;
    const program = `${code}
      const server = app.listen(0, '127.0.0.1', async () => {
        const seen = [];
        let cookies = '';
        for (const path of ['/refresh', '/log-in', '/refresh', '/log-out', '/refresh']) {
          const address = 'http://127.0.0.1:' + server.address().port + path;
          const answer = await fetch(address, { method: 'POST', headers: { cookie: cookies } });
          const [cookie = ''] = answer.headers.getSetCookie();
          if (path !== '/log-out' && cookie !== '') cookies = cookie.split(';', 1)[0];
          seen.push([answer.status, cookie.replace(/=[\\w-]{72};/, '=TOKEN;').replace(/Expires=[^;]+/, 'Expires=DATE')]);
        }
        console.log(JSON.stringify(seen));
        server.close();
        server.closeAllConnections();
      });`;
    const cookie = (/** @type {string} */ value) =>
      `__Host-refresh=${value}; Path=/; Expires=DATE; HttpOnly; Secure; SameSite=Strict`;
    assert.deepEqual(JSON.parse(run(program)), [
      [401, ''],
      [200, cookie('TOKEN')],
      [200, cookie('TOKEN')],
      [204, cookie('')],
      [401, ''],
    ]);
  });

  it('shows no secret that a reader could copy', () => {
    for (const { code } of EXAMPLES) assert.doesNotMatch(code, /\bkey(?:\s*[:=]|.*\?\?)\s*['"`]/);
  });

  it('links only to files that are there', () => {
    const links = [...README.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path);
    for (const path of links) readFileSync(join(ROOT, path));
  });

  it('names only commands that are there', () => {
    const { scripts } = /** @type {any} */ (require('../../package.json'));
    for (const [, name] of README.matchAll(/`npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
  });
});

/** What an example promises to print stands behind it, up to a remark. */
function said(/** @type {string} */ comment) {
  return comment.startsWith('&') ? comment : comment.split(/[:,] /, 1)[0];
}
