// A compiler writes the paths of its sources into what it builds. These flags replace them, so that the same sources
// give the same bytes in every folder and on every account.
// node scripts/remap.mjs: prints the flags as lines of an environment, for a release: >> "$GITHUB_ENV"
import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Returns variables of the environment for cargo and for the C compiler that it calls. @param {string} folder */
export function remapFlags(folder = ROOT, env = process.env) {
  const sysroot = execFileSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).trim();
  // The last one that fits wins, so the folders that can hold another come first.
  const names = {
    [env.CARGO_HOME ?? join(homedir(), '.cargo')]: '/cargo',
    [sysroot]: '/rust',
    [folder]: '/portcullis',
  };
  const flags = (option) => Object.entries(names).map(([path, name]) => `${option}=${path}=${name}`);
  return {
    RUSTFLAGS: flags('--remap-path-prefix').join(' '),
    // aws-lc is C. Microsoft's compiler has no such option and warns of one that it does not know.
    ...(process.platform === 'win32' ? {} : { CFLAGS: flags('-ffile-prefix-map').join(' ') }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, value] of Object.entries(remapFlags())) console.log(`${name}=${value}`);
}
