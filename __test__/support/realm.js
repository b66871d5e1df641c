// @ts-check
'use strict';

// Another realm, as Jest and vitest's vm pools make one for each test file: its RegExp, Array, Object, Set and Error are not
// those of this one, so `instanceof` is false for what comes from there.

const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const vm = require('node:vm');

/** Evaluates an expression in a realm of its own. @param {string} expression @returns {any} */
function foreign(expression) {
  return vm.runInContext(
    `(${expression})`,
    vm.createContext({ URL, Buffer, console, process, setImmediate, queueMicrotask }),
  );
}

/**
 * Loads a module and all that it requires by a relative path or from node_modules in a realm of its own, as Jest does; modules of
 * Node itself and addons stay in this one.
 * @param {string} path @returns {any} its exports
 */
function loadInRealm(path) {
  const globals = {
    URL,
    URLSearchParams,
    Buffer,
    console,
    process,
    setImmediate,
    setTimeout,
    clearTimeout,
    queueMicrotask,
    performance,
  };
  const context = vm.createContext(globals);
  const loaded = new Map();
  const load = (/** @type {string} */ file) => {
    if (loaded.has(file)) return loaded.get(file).exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const near = createRequire(file);
    if (file.endsWith('.json')) return JSON.parse(readFileSync(file, 'utf8'));
    const own = (/** @type {string} */ name) => {
      const found = near.resolve(name);
      return !found.startsWith('/') || found.endsWith('.node') ? near(name) : load(found);
    };
    const wrapper = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
    const run = vm.runInContext(wrapper, context, { filename: file });
    run.call(
      module.exports,
      module.exports,
      Object.assign(own, { resolve: near.resolve }),
      module,
      file,
      dirname(file),
    );
    return module.exports;
  };
  return load(require.resolve(path));
}

module.exports = { foreign, loadInRealm };
