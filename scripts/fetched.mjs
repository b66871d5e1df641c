// A cache folder for what the checks of other platforms fetch. An entry is complete or does not exist.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nodeCacheFolder } from './node-runtime.mjs';
import { DEBIAN } from './versions.mjs';

export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const CACHE = resolve(nodeCacheFolder(), '..');

/** Returns the folder of that name, which `fill` fills when it is not there yet. */
export function cached(name, fill) {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  console.error(`> Fetching ${name}`);
  mkdirSync(CACHE, { recursive: true });
  const partial = mkdtempSync(`${folder}-partial-`);
  try {
    fill(partial);
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

/** Runs a command to its end; its output is part of the error when it fails. */
export function run(command, args, { env = process.env, cwd = process.cwd() } = {}) {
  try {
    return execFileSync(command, args, { env, cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    throw new Error(`${command} ${args.join(' ')}: ${output || error.message}`, { cause: error });
  }
}

/**
 * Returns a folder with packages of one release of Debian, unpacked and not installed. apt gets lists and sources of its
 * own for this, so that it can fetch from a newer release than the system's; it checks the signatures.
 */
export function unpackedDebian(packages) {
  return cached(`debian-${DEBIAN}-${packages.join('+')}`, (partial) => {
    const apt = mkdtempSync(join(CACHE, 'apt-'));
    try {
      const options = aptOptions(apt);
      run('apt-get', [...options, 'update']);
      run('apt-get', [...options, 'download', ...packages], { cwd: apt });
      for (const name of readdirSync(apt).filter((file) => file.endsWith('.deb'))) {
        run('dpkg', ['--extract', join(apt, name), partial]);
      }
    } finally {
      rmSync(apt, { recursive: true });
    }
  });
}

function aptOptions(apt) {
  for (const name of ['lists', 'cache', 'sources']) mkdirSync(join(apt, name));
  const source = [
    'Types: deb',
    `URIs: ${debianMirror()}`,
    `Suites: ${DEBIAN}`,
    'Components: main',
    `Signed-By: ${KEYRING}`,
  ];
  writeFileSync(join(apt, 'sources', 'debian.sources'), `${source.join('\n')}\n`);
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(apt, 'sources'),
    'Dir::State::lists': join(apt, 'lists'),
    'Dir::Cache': join(apt, 'cache'),
    // It would drop to a user who may not write here.
    'APT::Sandbox::User': 'root',
  };
  return ['-qq', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** The mirror that this system is set to. Its updates for security lie elsewhere and hold no release. */
function debianMirror() {
  const lines = run('apt-get', ['indextargets', '--format', '$(LABEL) $(REPO_URI)', 'Created-By: Packages']).split(
    '\n',
  );
  const found = lines.find((line) => line.startsWith('Debian http'));
  if (!found) throw new Error('apt knows no mirror of Debian: run "apt-get update" first');
  return found.slice('Debian '.length);
}
