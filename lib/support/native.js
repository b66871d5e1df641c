// @ts-check
'use strict';

// Loads the native addon. Every path is a literal, so that bundlers and tracers see it; no environment variable can
// point it elsewhere, and no child process is started to learn about the platform.

const { readFileSync } = require('node:fs');

const { version } = require('../../package.json');

const SUPPORTED = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'linux-x64-gnu',
  'linux-x64-musl',
  'win32-arm64-msvc',
  'win32-x64-msvc',
];

/** @param {string} triple @returns {any} */
function load(triple) {
  switch (triple) {
    case 'darwin-arm64':
      return first(
        () => require('../../native/portcullis.darwin-arm64.node'),
        () => require('@portcullis/darwin-arm64'),
      );
    case 'darwin-x64':
      return first(
        () => require('../../native/portcullis.darwin-x64.node'),
        () => require('@portcullis/darwin-x64'),
      );
    case 'linux-arm64-gnu':
      return first(
        () => require('../../native/portcullis.linux-arm64-gnu.node'),
        () => require('@portcullis/linux-arm64-gnu'),
      );
    case 'linux-arm64-musl':
      return first(
        () => require('../../native/portcullis.linux-arm64-musl.node'),
        () => require('@portcullis/linux-arm64-musl'),
      );
    case 'linux-x64-gnu':
      return first(
        () => require('../../native/portcullis.linux-x64-gnu.node'),
        () => require('@portcullis/linux-x64-gnu'),
      );
    case 'linux-x64-musl':
      return first(
        () => require('../../native/portcullis.linux-x64-musl.node'),
        () => require('@portcullis/linux-x64-musl'),
      );
    case 'win32-arm64-msvc':
      return first(
        () => require('../../native/portcullis.win32-arm64-msvc.node'),
        () => require('@portcullis/win32-arm64-msvc'),
      );
    case 'win32-x64-msvc':
      return first(
        () => require('../../native/portcullis.win32-x64-msvc.node'),
        () => require('@portcullis/win32-x64-msvc'),
      );
    default:
      throw failure(
        `Portcullis has no build for ${triple}. It supports: ${SUPPORTED.join(', ')}. ` +
          'Run on one of these, or build from source with "npm run build" in a checkout (Rust >= 1.88).',
      );
  }
}

/**
 * The build of a checkout, else the platform package. A file that exists and cannot be loaded is an error of its own.
 * @param {() => any} local
 * @param {() => any} installed
 */
function first(local, installed) {
  try {
    return local();
  } catch (error) {
    if (!isMissing(error)) throw error;
    return installed();
  }
}

/** @param {any} error */
const isMissing = (error) => error?.code === 'MODULE_NOT_FOUND';

/** @param {string} message @param {unknown} [cause] */
function failure(message, cause) {
  return Object.assign(new Error(message, { cause }), { code: 'ERR_NATIVE_LOAD' });
}

function platformTriple() {
  const { platform, arch } = process;
  if (platform === 'linux') return `linux-${arch}-${isMusl() ? 'musl' : 'gnu'}`;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  return `${platform}-${arch}`;
}

/** The C library, by the dynamic loader's own script; Node's report only where that is absent (it can be slow). */
function isMusl() {
  try {
    return readFileSync('/usr/bin/ldd', 'latin1').includes('musl');
  } catch {
    const report = /** @type {any} */ (process.report?.getReport());
    return !report?.header?.glibcVersionRuntime;
  }
}

/** @param {string} triple */
function explain(triple) {
  const [platform, arch, libc] = triple.split('-');
  const libcFlag = libc === 'gnu' ? ' --libc=glibc' : libc === 'musl' ? ' --libc=musl' : '';
  return (
    `Portcullis could not load its native addon for ${triple}. The package @portcullis/${triple} is missing or unfit: ` +
    'it is an optional dependency, which npm leaves out with --omit=optional and where a lock file was made on another ' +
    `platform. Install it with: npm install portcullis --os=${platform} --cpu=${arch}${libcFlag}`
  );
}

function loadChecked() {
  if (typeof String.prototype.isWellFormed !== 'function') {
    throw failure(`Portcullis needs Node.js 20 or newer; this is ${process.version}.`);
  }
  const triple = platformTriple();
  let native;
  try {
    native = load(triple);
  } catch (/** @type {any} */ error) {
    if (error.code === 'ERR_NATIVE_LOAD') throw error;
    throw failure(`${explain(triple)} (${error.message.split('\n')[0]})`, error);
  }
  if (native.version() !== version) {
    throw Object.assign(
      new Error(
        `Portcullis ${version} found a native addon of version ${native.version()}. ` +
          'Both must be the same: reinstall with "npm install portcullis", or rebuild a checkout with "npm run build".',
      ),
      { code: 'ERR_NATIVE_VERSION' },
    );
  }
  return native;
}

module.exports = loadChecked();
