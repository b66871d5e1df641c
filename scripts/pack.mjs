// Makes the tarballs as they are published: the main package without scripts and development dependencies and with the
// platform packages as optional ones, and a package for each platform whose addon has been built.
// node scripts/pack.mjs <folder>: writes all of them, and fails when an addon is missing.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const TRIPLES = readdirSync(join(ROOT, 'npm')).sort();

/** What stays in the checkout: it serves development, and a published package runs no script when it is installed. */
const NOT_PUBLISHED = ['scripts', 'devDependencies', 'napi'];

/** @returns {string} the path of the tarball */
export function packMain(folder) {
  return staged(folder, (stage) => {
    const manifest = readJson(join(ROOT, 'package.json'));
    for (const name of manifest.files) cpSync(join(ROOT, name), join(stage, name), { recursive: true });
    for (const name of NOT_PUBLISHED) delete manifest[name];
    manifest.optionalDependencies = Object.fromEntries(
      TRIPLES.map((triple) => [`@portcullis/${triple}`, manifest.version]),
    );
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  });
}

/** `bare` leaves the addon out, for a check that only asks which packages npm chooses. @returns {string} its path */
export function packPlatform(folder, triple, { bare = false } = {}) {
  return staged(folder, (stage) => {
    cpSync(join(ROOT, 'npm', triple), stage, { recursive: true });
    cpSync(join(ROOT, 'LICENSE'), join(stage, 'LICENSE'));
    if (!bare) cpSync(addonOf(triple), join(stage, `portcullis.${triple}.node`));
  });
}

/** The addon of one platform: of a build here, or put beside its manifest by a release. */
export function addonOf(triple) {
  const name = `portcullis.${triple}.node`;
  const found = [join(ROOT, 'native', name), join(ROOT, 'npm', triple, name)].find((path) => existsSync(path));
  if (!found) throw new Error(`There is no addon for ${triple}: build it with "npm run build" on that platform.`);
  return found;
}

function staged(folder, fill) {
  const stage = mkdtempSync(join(tmpdir(), 'portcullis-pack-'));
  try {
    fill(stage);
    mkdirSync(folder, { recursive: true });
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(folder)];
    const shell = process.platform === 'win32';
    const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: stage, encoding: 'utf8', shell }));
    return resolve(folder, filename.replace('@', '').replace('/', '-'));
  } finally {
    rmSync(stage, { recursive: true });
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? 'dist';
  for (const path of [packMain(folder), ...TRIPLES.map((triple) => packPlatform(folder, triple))]) console.log(path);
}
