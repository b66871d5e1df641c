// @ts-check
'use strict';

// Runs the examples of the documentation as a user would: in a folder outside of the checkout whose node_modules holds this
// package, the version of Express that is asked for, and the packages that the examples name.

const { execFile } = require('node:child_process');
const { builtinModules } = require('node:module');
const { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { promisify } = require('node:util');

const { typeErrors } = require('./compiler');
const { ROOT } = require('./pages');

const DEADLINE_MS = 60_000;
const TSCONFIG = {
  compilerOptions: {
    target: 'es2023',
    module: 'node16',
    moduleResolution: 'node16',
    esModuleInterop: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  },
};

/** The packages that programs require or import, without those of Node.js. @param {string[]} codes */
function packagesOf(codes) {
  const names = codes.flatMap((code) =>
    [...code.matchAll(/\brequire\('([^'.][^']*)'\)|\bfrom '([^'.][^']*)'/g)].map(([, required, imported]) =>
      String(required ?? imported),
    ),
  );
  const packages = names
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
    .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return [...new Set(packages)];
}

class Workplace {
  /** @param {string[]} codes every program that will run @param {string} express the installed name that stands for Express */
  constructor(codes, express) {
    this.folder = mkdtempSync(join(tmpdir(), 'portcullis-docs-'));
    const targets = packagesOf(codes).map((name) => [name, name === 'express' ? express : name]);
    for (const [name, installed] of [...targets, ['@types', '@types']]) {
      const target = name === 'portcullis' ? ROOT : join(ROOT, 'node_modules', String(installed));
      if (!existsSync(target)) throw new Error(`an example needs the package ${installed}, which is not installed`);
      const link = join(this.folder, 'node_modules', String(name));
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(target, link, 'junction');
    }
  }

  /** What a program prints. It must end by itself. @param {string} code */
  async run(code) {
    const flags = /^import /m.test(code) ? ['--input-type=module', '-'] : ['-'];
    const running = promisify(execFile)(process.execPath, flags, { cwd: this.folder, timeout: DEADLINE_MS });
    running.child.stdin?.end(code);
    return (await running).stdout.trimEnd();
  }

  /**
   * The statuses of requests to an example's `app`, one after the other, in a process that must outlive them. A body makes it
   * a POST.
   * @param {string} code @param {Array<[path: string, body?: unknown]>} calls @returns {Promise<{ printed: string[], statuses: number[] }>}
   */
  async ask(code, calls) {
    const output = await this.run(`${code}
      {
        const server = app.listen(0, '127.0.0.1', async () => {
          const headers = { 'content-type': 'application/json' };
          const statuses = [];
          for (const [path, body] of ${JSON.stringify(calls)}) {
            const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
            const address = 'http://127.0.0.1:' + server.address().port + path;
            statuses.push((await fetch(address, { ...init, redirect: 'manual' })).status);
          }
          console.log(JSON.stringify({ statuses }));
          server.close();
          server.closeAllConnections();
        });
      }`);
    const printed = output.split('\n');
    const last = printed.findLastIndex((line) => line.startsWith('{"statuses":'));
    return { printed: printed.slice(0, last), ...JSON.parse(String(printed[last])) };
  }

  /** The complaints of the compiler about programs in TypeScript, in one run. @param {string[]} codes */
  async typeErrors(codes) {
    for (const [i, code] of codes.entries()) writeFileSync(join(this.folder, `example-${i}.ts`), code);
    writeFileSync(join(this.folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    return typeErrors(this.folder);
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

module.exports = { Workplace };
