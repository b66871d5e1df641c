// Some suites start a private redis-server from the PATH. If it is missing and can be installed without a prompt, it is
// installed. One line is printed that names the outcome.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const INSTALL_TIMEOUT_MS = 5 * 60_000;
const PACKAGE = 'redis-server';

const thisMachine = {
  has: (command) => !spawnSync(command, ['--version'], { stdio: 'ignore' }).error,
  isRoot: () => process.getuid?.() === 0,
  run: (command, args) =>
    spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: INSTALL_TIMEOUT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0,
  log: (line) => console.log(line),
};

/** Returns whether redis-server can be started, after an attempt to install it. */
export function ensureRedis({ has, isRoot, run, log } = thisMachine) {
  if (has(PACKAGE)) return true;
  const obstacle = obstacleTo(has, isRoot) ?? install({ has, run, log });
  if (obstacle === undefined) return true;
  log(`redis-server is missing: ${obstacle}. The suites that need it are skipped; install it to run them.`);
  return false;
}

/** Returns whether a test file has a suite that is skipped without redis-server. @param {string} path */
export function needsRedis(path) {
  return /^ *describeRedis\(/m.test(readFileSync(path, 'utf8'));
}

function obstacleTo(has, isRoot) {
  if (!has('apt-get')) return 'this system has no apt-get to install it with';
  if (!isRoot()) return 'only root may install it with apt-get';
  return undefined;
}

function install({ has, run, log }) {
  log(`> Installing ${PACKAGE} with apt-get: the tests start a private one`);
  // Only when the first attempt fails: an update takes longer than the installation.
  const attempt = () => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', PACKAGE]);
  if (!attempt() && run('apt-get', ['update', '-qq'])) attempt();
  return has(PACKAGE) ? undefined : 'apt-get could not install it';
}
