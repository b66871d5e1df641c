// @ts-check
'use strict';

// Every example of the README and of docs/ is a whole program and runs as it stands, on Express 4 and 5 where Express is in
// it, so that none of them can become outdated.

const assert = require('node:assert/strict');
const { after, describe, it } = require('node:test');

const { Workplace } = require('../support/examples');
const { PAGES, blocksOf } = require('../support/pages');

/** What the first line of a code block may say, and the only pages where it may. `js` runs, `ts` is compiled. */
const INFOS = new Map([
  ['js', /./],
  ['ts', /./],
  ['sh', /./],
  ['json', /./],
  ['js before', /^docs\/migration/],
  ['ts declaration', /^docs\/agents\.md$/],
]);

const BLOCKS = PAGES.flatMap((path) => blocksOf(path).map((block) => ({ ...block, path })));
const EXAMPLES = BLOCKS.filter(({ info }) => info === 'js');
const TYPED = BLOCKS.filter(({ info }) => info === 'ts').map(({ code }) => code);
const CODES = [...EXAMPLES.map(({ code }) => code), ...TYPED];

const usesExpress = (/** @type {string} */ code) => /require\('express'\)/.test(code);
/** @param {string} path @param {RegExp} pattern */
const find = (path, pattern) => EXAMPLES.find((one) => one.path === path && pattern.test(one.code))?.code ?? '';

describe('examples', { concurrency: 2 }, () => {
  const onExpress5 = new Workplace(CODES, 'express');
  const onExpress4 = new Workplace(CODES, 'express4');
  after(() => {
    onExpress5.close();
    onExpress4.close();
  });
  const versions = /** @type {const} */ ([
    ['Express 4', onExpress4],
    ['Express 5', onExpress5],
  ]);

  it('marks every code block with what it is', () => {
    const strange = BLOCKS.filter(({ info, path }) => INFOS.get(info)?.test(path) !== true);
    assert.deepEqual(
      strange.map(({ name, info }) => `${name}: ${info}`),
      [],
    );
    assert.ok(EXAMPLES.length >= 30);
  });

  for (const { name, code } of EXAMPLES.filter((example) => !usesExpress(example.code))) {
    it(`runs the example of ${name}`, async () => {
      const printed = (await onExpress5.run(code)).split('\n').filter(Boolean);
      assert.deepEqual(printed, promisedBy(code));
    });
  }

  for (const { name, code } of EXAMPLES.filter((example) => usesExpress(example.code))) {
    for (const [version, workplace] of versions) {
      it(`serves the example of ${name} on ${version}`, async () => {
        const { printed, statuses } = await workplace.ask(code, [['/']]);
        assert.deepEqual(
          printed.filter((line) => promisedBy(code).includes(line)),
          promisedBy(code),
        );
        assert.ok(Number(statuses[0]) < 500, `GET / answered ${statuses[0]}`);
      });
    }
  }

  it('compiles the examples in TypeScript', async () => {
    assert.ok(TYPED.length > 0);
    assert.equal(await onExpress5.typeErrors(TYPED), '');
  });

  for (const [version, workplace] of versions) {
    it(`responds to the mistakes of clients in the quick start on ${version}`, async () => {
      const [app, safe] = EXAMPLES.filter(({ name }) => name.startsWith('README.md, Quick start')).map(
        (one) => one.code,
      );
      const wrapped = `${safe}${app?.replace(/async \(req, res\) => \{.*?^\}(?=\);)/gms, 'safe($&)')}`;
      const ada = { email: 'ada@example.com', password: 'correct horse battery staple' };
      const { statuses } = await workplace.ask(version === 'Express 4' ? wrapped : String(app), [
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

    it(`signs in by a cookie, and requires it afterwards, on ${version}`, async () => {
      const { statuses } = await workplace.ask(find('docs/auth.md', /tokenCookie/), [
        ['/log-in', {}],
        ['/log-in', { email: 'ada@example.com' }],
        ['/articles', { title: 'x' }],
        ['/log-out', {}],
      ]);
      assert.deepEqual(statuses, [400, 204, 401, 204]);
    });

    it(`serves the recipes of harden on ${version}`, async () => {
      const long = Array.from({ length: 50_000 }, () => 'row');
      const { statuses } = await workplace.ask(find('docs/harden.md', /\/imports/), [
        ['/imports', long],
        ['/comments', long],
        ['/comments', { text: 'short' }],
        ['/nowhere', {}],
      ]);
      assert.deepEqual(statuses, [200, 413, 201, 404]);
      const tries = Array.from({ length: 6 }, () => /** @type {[string, unknown]} */ (['/log-in', { email: 'a@b.c' }]));
      const logIns = await workplace.ask(find('docs/harden.md', /limitAccount/), [['/log-in', {}], ...tries]);
      assert.deepEqual(logIns.statuses, [400, 200, 200, 200, 200, 200, 429]);
    });

    it(`refuses operators in the query, as the migration guide says, on ${version}`, async () => {
      const { statuses } = await workplace.ask(find('docs/migration.md', /harden\(\)[\s\S]*'\/users'/), [
        ['/users?name=ada'],
        ['/users?name[$gt]='],
        ['/users?name[%24gt]='],
      ]);
      assert.deepEqual(statuses, [200, 400, 400]);
    });

    it(`refuses patterns that users write and that cannot be compiled, as in the guide, on ${version}`, async () => {
      const code = find('docs/patterns.md', /\/alerts/);
      const ask = (/** @type {unknown} */ pattern) => /** @type {[string, unknown]} */ (['/alerts', { pattern }]);
      const patterns = ['[0-9]{4}-[0-9]{2}', '^.{1,200}$', '(', '(?=a)', '\\w{64}', 'a'.repeat(300), 5];
      const { statuses } = await workplace.ask(code, patterns.map(ask));
      assert.deepEqual(statuses, [201, 201, 400, 400, 400, 400, 400]);
    });

    it(`logs an exceeded limit as in the guide on ${version}`, async () => {
      const code = find('docs/observability.md', /limit: 100/).replace('limit: 100', 'limit: 1');
      assert.deepEqual((await workplace.ask(code, [['/'], ['/']])).statuses, [404, 429]);
    });

    for (const logger of [/pinoHttp/, /winston/]) {
      it(`logs why a body was refused, with the id of the request, with ${logger.source} on ${version}`, async () => {
        const { printed, statuses } = await workplace.ask(find('docs/observability.md', logger), [['/', { $gt: '' }]]);
        assert.deepEqual(statuses, [400]);
        const refused = printed.map((line) => JSON.parse(line)).find(({ code }) => /_OPERATOR_KEY$/.test(code));
        assert.match(refused.id ?? refused.req.id, /^[\da-f-]{36}$/);
      });
    }

    it(`refreshes and logs out by cookie on ${version}`, async () => {
      const output = await workplace.run(`${find('docs/refresh-tokens.md', /createRefreshTokens/)}\n${ROTATION}`);
      const cookie = (/** @type {string} */ value) =>
        `__Host-refresh=${value}; Path=/; Expires=DATE; HttpOnly; Secure; SameSite=Strict`;
      assert.deepEqual(JSON.parse(output), [
        [401, ''],
        [200, cookie('TOKEN')],
        [200, cookie('TOKEN')],
        [204, cookie('')],
        [401, ''],
      ]);
    });
  }

  it('shows no secret that a reader could copy', () => {
    for (const { code } of EXAMPLES) assert.doesNotMatch(code, /\bkey(?:\s*[:=]|.*\?\?)\s*['"`]/);
  });
});

const ROTATION = `
  const server = app.listen(0, '127.0.0.1', async () => {
    const seen = [];
    let cookies = '';
    for (const path of ['/refresh', '/log-in', '/refresh', '/log-out', '/refresh']) {
      const address = 'http://127.0.0.1:' + server.address().port + path;
      const answer = await fetch(address, { method: 'POST', headers: { cookie: cookies } });
      const [cookie = ''] = answer.headers.getSetCookie();
      if (path !== '/log-out' && cookie !== '') cookies = cookie.split(';', 1)[0];
      seen.push([answer.status, cookie.replace(/=[\\w-]{88};/, '=TOKEN;').replace(/Expires=[^;]+/, 'Expires=DATE')]);
    }
    console.log(JSON.stringify(seen));
    server.close();
    server.closeAllConnections();
  });`;

/** The lines that an example says it prints: the comment behind console.log, up to a remark; markup has none. @param {string} code */
function promisedBy(code) {
  const comments = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => String(comment));
  return comments.map((comment) => (/^[&<]/.test(comment) ? comment : comment.split(/[:,] /, 1)[0]));
}
