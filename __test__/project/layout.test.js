// @ts-check
'use strict';

// The architecture as a program: mechanism in core, the border in src, policy in lib. A rule that is only written down
// bends with the first hurried change; one that runs does not.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { builtinModules } = require('node:module');

const manifest = require('../../package.json');

const ROOT = join(__dirname, '../..');

/**
 * An area is one word in every layer; in JavaScript's file names with a hyphen. A native area has mechanism in core and a
 * border in src, a policy area is JavaScript alone. `fuzzed`: core reads untrusted bytes. `benched`: there is work per request.
 * @type {Record<string, { native?: true, fuzzed?: true, benched?: true }>}
 */
const AREAS = {
  jwt: { native: true, fuzzed: true, benched: true },
  revocations: { native: true, fuzzed: true },
  password: { native: true, fuzzed: true, benched: true },
  rate_limit: { native: true, fuzzed: true, benched: true },
  input: { native: true, fuzzed: true, benched: true },
  html: { native: true, fuzzed: true, benched: true },
  svg: { native: true, fuzzed: true, benched: true },
  escape: { native: true, fuzzed: true, benched: true },
  patterns: { native: true, fuzzed: true, benched: true },
  validate: { benched: true },
  auth: {},
  refresh_tokens: {},
  headers: { benched: true },
  cors: { benched: true },
  https: {},
  csrf: { benched: true },
  error_handler: {},
  redis: {},
  harden: {},
};
const ENTRIES = Object.entries(AREAS).map(([area, kind]) => ({ area, name: area.replaceAll('_', '-'), ...kind }));
const NATIVE = ENTRIES.filter(({ native }) => native).map(({ area }) => area);

const MAX_RUST_LINES = 250;
const MAX_JS_LINES = 150;

/** Files that read better whole, with the reason. A file that has become short must leave the list. */
const LONG_FILES = new Map([
  ['core/src/html/tests/hostile.rs', 'one table: hostile inputs by class, with what is kept of them'],
  ['core/src/html/tests/twin.rs', 'the generator of documents beside the comparison that it is made for'],
  ['lib/support/errors/table.js', 'one table with a row for each code of every area'],
  ['lib/support/options/hints/http.js', 'one table with the names of other packages for each function'],
]);

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');

/** @param {string} folder @param {RegExp} ending @returns {string[]} */
function files(folder, ending) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return ['node_modules', 'target'].includes(entry.name) ? [] : files(path, ending);
      return ending.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** Rust without comments and strings, so that a rule looks at code alone. */
const code = (/** @type {string} */ path) => read(path).replace(/\/\/[^\n]*|"(?:[^"\\]|\\.)*"/g, '');

describe('layout of areas', () => {
  for (const { area, name, native, fuzzed, benched } of ENTRIES) {
    it(`has ${name} in every layer`, () => {
      const paths = [
        `lib/${name}/index.js`,
        `types/${name}.d.ts`,
        `docs/${name}.md`,
        ...(native ? [`core/src/${area}/mod.rs`, `core/src/${area}/tests.rs`, `src/${area}.rs`] : []),
        ...(benched ? [`bench/${name}.mjs`] : []),
      ];
      assert.deepEqual(
        paths.filter((path) => !existsSync(join(ROOT, path))),
        [],
      );
      assert.ok(files(`__test__/${name}`, /\.test\.js$/).length > 0, `no test of ${name}`);
      const targets = files('core/fuzz/fuzz_targets', /\.rs$/);
      assert.ok(!fuzzed || targets.some((path) => path.includes(`/${area}_`)), `no fuzz target of ${area}`);
      assert.match(read('index.js'), new RegExp(`require\\('\\./lib/${name}'\\)`));
      assert.match(read('index.d.ts'), new RegExp(`from '\\./types/${name}'`));
    });
  }

  it('lists every area of core, of the border, of lib and of the tests', () => {
    const folders = (/** @type {string} */ path) =>
      readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
    const names = ENTRIES.map(({ name }) => name);
    // The threads of areas whose work is slow.
    assert.deepEqual(folders('core/src').sort(), [...NATIVE, 'pool'].sort());
    const border = files('src', /\.rs$/).map((path) => path.slice('src/'.length).replace(/\.rs$|\/.*$/, ''));
    // The border's own mechanism; `raw` opens the doors that every request passes.
    const own = ['error', 'lib', 'probe', 'raw', 'registry', 'task', 'text'];
    assert.deepEqual([...new Set(border)].sort(), [...NATIVE, ...own].sort());
    assert.deepEqual(folders('lib').sort(), [...names, 'support'].sort());
    // `project` looks at the tree as a whole.
    const beside = ['consumers', 'dropins', 'project', 'support', 'types', 'vectors'];
    assert.deepEqual(folders('__test__').sort(), [...names, ...beside].sort());
  });

  it('has no file beside the folders of lib and of the tests', () => {
    const loose = ['lib', '__test__'].flatMap((path) =>
      readdirSync(join(ROOT, path), { withFileTypes: true }).filter((one) => one.isFile()),
    );
    assert.deepEqual(
      loose.map((one) => one.name),
      [],
    );
  });

  it('requires of another area only its index, and none of its other files', () => {
    for (const path of files('lib', /\.js$/)) {
      const deep = [...read(path).matchAll(/require\('(?:\.\.\/)+([\w-]+)\/([\w-]+)/g)].filter(
        ([, area]) => area !== 'support' && area !== path.split('/')[1] && area in byName(),
      );
      assert.deepEqual(deep, [], path);
    }
  });
});

/** The areas by the name of their folder. */
function byName() {
  return Object.fromEntries(ENTRIES.map(({ area, name }) => [name, area]));
}

describe('layout of Rust', () => {
  const core = files('core/src', /\.rs$/);
  const border = files('src', /\.rs$/);

  it('names Node-API nowhere in core', () => {
    assert.deepEqual(
      core.filter((path) => /\bnapi\b|napi_/.test(code(path))),
      [],
    );
    assert.doesNotMatch(read('core/Cargo.toml'), /napi/);
  });

  it('reads no clock, environment, file or network in core', () => {
    const reads = /\b(SystemTime|Instant)::now\b|\bstd::(env|fs|process|net::(Tcp|Udp))/;
    const tested = (/** @type {string} */ path) => /tests(\/|\.rs$)/.test(path);
    assert.deepEqual(
      core.filter((path) => !tested(path) && reads.test(code(path))),
      [],
    );
  });

  it('forbids unsafe code in core and explains each use at the border', () => {
    assert.match(read('core/src/lib.rs'), /^#!\[forbid\(unsafe_code\)\]$/m);
    for (const path of border) {
      const lines = read(path).split('\n');
      lines.forEach((line, i) => {
        if (!/\bunsafe (\{|impl)/.test(line.replace(/\/\/.*/, ''))) return;
        const above = lines.slice(Math.max(0, i - 6), i + 1).join('\n');
        assert.match(above, /SAFETY:/, `${path}:${i + 1} has no SAFETY comment`);
      });
    }
  });

  it('catches unwinds in every export', () => {
    const attribute =
      /#\[napi(\([^\]]*\))?\]\s*(?:(?:\/\/[^\n]*|#\[[^\]]*\])\s*)*pub(?:\([^)]*\))? (?:(?:async|unsafe|const) )*fn (\w+)/g;
    const exported = border.flatMap((path) =>
      [...read(path).matchAll(attribute)].map(([, flags, name]) => ({ path, flags, name })),
    );
    assert.ok(exported.length > 0);
    assert.deepEqual(
      exported.filter(({ flags }) => !flags?.includes('catch_unwind')),
      [],
    );
  });

  it('builds the addon as a cdylib alone, with unwinding and overflow checks', () => {
    const cargo = read('Cargo.toml');
    for (const line of [
      'crate-type = ["cdylib"]',
      'lto = "fat"',
      'codegen-units = 1',
      'panic = "unwind"',
      'overflow-checks = true',
    ]) {
      assert.ok(cargo.includes(`\n${line}\n`), line);
    }
  });
});

describe('layout of JavaScript', () => {
  const lib = files('lib', /\.js$/);
  const dropins = files('dropins', /\.js$/);
  const known = [...Object.keys(manifest.dependencies), ...builtinModules.map((name) => `node:${name}`)];

  it('requires in lib only siblings, node: modules and the dependencies', () => {
    for (const path of lib.filter((name) => name !== 'lib/support/native.js')) {
      const names = [...read(path).matchAll(/\b(?:require|import)\(\s*([^)]*?)\s*\)/g)].map(([, name]) =>
        name.slice(1, -1),
      );
      const typesOnly = [...read(path).matchAll(/\bimport\('([^']+)'\)\./g)].map(([, name]) => name);
      const wrong = names.filter(
        (name) => !/^\.{1,2}\/(?:\.\.\/)*[\w/-]+$/.test(name) && !known.includes(name) && !typesOnly.includes(name),
      );
      assert.deepEqual(wrong, [], path);
      const above = path.split('/').length - 1;
      assert.ok(!names.some((name) => name.split('../').length > above), `${path} leaves lib`);
    }
  });

  it('lets drop-ins use lib, and lib no drop-in', () => {
    for (const path of dropins) {
      const names = [...read(path).matchAll(/\brequire\(\s*'([^']*)'\s*\)/g)].map(([, name]) => name);
      const wrong = names.filter((name) => !/^(?:\.\/[\w-]+|\.\.\/\.\.\/lib\/[\w/-]+|node:[\w/]+)$/.test(name));
      assert.deepEqual(wrong, [], path);
    }
    assert.deepEqual(
      lib.filter((path) => /dropins/.test(read(path))),
      [],
    );
  });

  it('has types, an entry without logic, and a door in package.json for every drop-in', () => {
    const names = readdirSync(join(ROOT, 'dropins'));
    const doors = Object.keys(manifest.exports).filter((door) => !['.', './express', './package.json'].includes(door));
    assert.deepEqual(doors.sort(), names.map((name) => `./${name}`).sort());
    for (const name of names) {
      const folder = `./dropins/${name}`;
      const door = /** @type {Record<string, unknown>} */ (manifest.exports)[`./${name}`];
      assert.deepEqual(door, { types: `${folder}/index.d.ts`, default: `${folder}/index.js` });
      const entry = read(`dropins/${name}/index.js`);
      assert.match(
        entry,
        /^(?:\/\/ @ts-nocheck .+\n)?'use strict';\n\n(?:const \{ [\w, ]+ \} = require\('\.\/[\w-]+'\);\n)+\nmodule\.exports = [^;]+;\n/,
      );
      // Either an object of functions, or one function with others as its properties. Those are assigned one by one: so Node
      // finds their names when an ECMAScript module imports them.
      const isFunction = /^module\.exports = \w+;$/m.test(entry);
      assert.match(
        entry,
        isFunction
          ? /^const \{ (\w+) \} = .+\n\nmodule\.exports = \1;\n(?:module\.exports\.(?:default = \1|(\w+) = \1\.\2);\n)*$/m
          : /^module\.exports = \{[\w,\s]+\};\n$/m,
      );
      const types = read(`dropins/${name}/index.d.ts`);
      assert.equal(isFunction, /^export = \w+;$/m.test(types), name);
      const declared = [
        ...types.matchAll(
          isFunction ? /^ {2}(?:export function |readonly )?(\w+)[<(:]/gm : /^export (?:class|function|const) (\w+)/gm,
        ),
      ];
      assert.deepEqual(
        [...new Set(declared.map(([, one]) => one))].sort(),
        Object.keys(require(`../../dropins/${name}`)).sort(),
      );
    }
  });

  it('reads no environment variable in lib and drop-ins', () => {
    assert.deepEqual(
      [...lib, ...dropins].filter((path) => /process\s*\.\s*env|process\[/.test(read(path))),
      [],
    );
  });

  it('checks the types of every file in lib and drop-ins', () => {
    assert.deepEqual(
      [...lib, ...dropins.filter((path) => !path.endsWith('/index.js'))].filter(
        (path) => !read(path).startsWith("// @ts-check\n'use strict';\n"),
      ),
      [],
    );
  });

  it('has no logic in index.js, and exports what the types declare', () => {
    assert.match(
      read('index.js'),
      /^'use strict';\n\n(?:const \{ [\w, ]+ \} = require\('\.\/lib\/[\w/-]+'\);\n)+\nmodule\.exports = \{[\w,\s]+\};\n$/,
    );
    const declared = files('types', /\.d\.ts$/).flatMap((path) => [
      ...read(path).matchAll(/^export (?:declare )?(?:abstract )?(?:class|function|const) (\w+)/gm),
    ]);
    const names = [...new Set(declared.map(([, name]) => name))].sort();
    const exported = Object.entries(require('../..'));
    assert.deepEqual(names, exported.map(([name]) => name).sort());
    assert.deepEqual(
      exported.filter(([, value]) => value === undefined),
      [],
    );
  });

  it('uses every export in a test of types', () => {
    const uses = files('__test__/types', /\.ts$/).map(read).join('\n');
    assert.deepEqual(
      Object.keys(require('../..')).filter((name) => !new RegExp(`\\b${name}\\(`).test(uses)),
      [],
    );
  });

  it('runs no script when it is installed', () => {
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
      assert.ok(!(name in manifest.scripts), name);
  });
});

describe('layout of files', () => {
  const rust = [...files('core/src', /\.rs$/), ...files('src', /\.rs$/), 'build.rs'].filter(
    (path) => !path.endsWith('tests.rs'),
  );
  const js = ['lib', 'dropins', 'scripts', 'bench', 'examples'].flatMap((folder) => files(folder, /\.m?js$/));
  const lines = (/** @type {string} */ path) => read(path).split('\n').length - 1;
  const isLong = (/** @type {string} */ path) => lines(path) > (path.endsWith('.rs') ? MAX_RUST_LINES : MAX_JS_LINES);

  it('keeps files short, or states why one is long', () => {
    const long = [...rust, ...js].filter(isLong);
    assert.deepEqual(long.sort(), [...LONG_FILES.keys()].sort());
  });

  it('mentions no unfinished work', () => {
    const sources = [...rust, ...js, ...files('__test__', /\.[jt]s$/)].filter(
      (path) => path !== '__test__/project/layout.test.js',
    );
    assert.deepEqual(
      sources.filter((path) => /\b(TODO|FIXME|XXX)\b|\.only\(/.test(read(path))),
      [],
    );
  });
});

describe('layout of workflows', () => {
  const workflows = files('.github/workflows', /\.yml$/);

  it('pins every action by its hash and names the version', () => {
    for (const path of workflows) {
      for (const [line, reference] of read(path).matchAll(/^ *-? *uses: (.*)$/gm)) {
        assert.match(reference, /^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${path}: ${line}`);
      }
    }
  });

  it('starts from no permission, and lets one job of the release alone have an identity', () => {
    for (const path of workflows) assert.match(read(path), /^permissions: \{\}$/m, path);
    const writes = workflows.flatMap((path) => read(path).match(/^ +[\w-]+: write\b/gm) ?? []);
    assert.deepEqual(
      writes.map((line) => line.trim()),
      ['id-token: write'],
    );
  });
});
