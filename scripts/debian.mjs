// Packages of Debian for the checks of other platforms, in the cache folder of the scripts.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.mjs';
import { run } from './run.mjs';
import { DEBIAN } from './versions.mjs';

export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Returns a folder with packages of one release of Debian, unpacked and not installed. apt gets lists and sources of its
 * own for this, so that it can fetch from a newer release than the system's; it checks the signatures.
 */
export function unpackedDebian(packages) {
  return cached(join(cacheFolder(), `debian-${DEBIAN}-${packages.join('+')}`), (partial) => {
    const apt = mkdtempSync(join(cacheFolder(), 'apt-'));
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
