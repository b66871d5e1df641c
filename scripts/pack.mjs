// Makes the tarballs as they are published: the main package without scripts and development dependencies and with the
// platform packages as optional ones, and a package for each platform whose addon has been built.
// node scripts/pack.mjs [<folder>]: writes all of them, or names the addons that are missing, writes none and fails.
// node scripts/pack.mjs [<folder>] --host: writes the main package and those whose addon is here.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const TRIPLES = readdirSync(join(ROOT, 'npm')).sort();

/** What stays in the checkout: it serves development, and a published package runs no script when it is installed. */
const NOT_PUBLISHED = ['scripts', 'devDependencies', 'napi'];

/** @returns {string} the path of the tarball */
function packMain(folder) {
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

/** `bare` omits the addon, for a check of which packages npm chooses. @returns {string} its path */
function packPlatform(folder, triple, { bare = false, addon = undefined } = {}) {
  return staged(folder, (stage) => {
    cpSync(join(ROOT, 'npm', triple), stage, { recursive: true });
    cpSync(join(ROOT, 'LICENSE'), join(stage, 'LICENSE'));
    if (!bare) cpSync(addon ?? addonOf(triple), join(stage, `portcullis.${triple}.node`));
  });
}

/**
 * All tarballs of a release. Where a platform has no addon here its package is bare, which is enough for npm to see that
 * it must leave it out. `addons` are those that were built elsewhere than in this checkout, by triple.
 */
export function packAsPublished(folder, addons = {}) {
  const pack = (triple) =>
    packPlatform(folder, triple, { addon: addons[triple], bare: !addons[triple] && !findAddon(triple) });
  const platforms = Object.fromEntries(TRIPLES.map((triple) => [`@portcullis/${triple}`, pack(triple)]));
  return { main: packMain(folder), platforms };
}

/** The tarballs that were packed into a folder, as `packAsPublished` returns them. */
export function packedIn(folder) {
  const { version } = readJson(join(ROOT, 'package.json'));
  const at = (name) => resolve(folder, `${name}-${version}.tgz`);
  const platforms = TRIPLES.map((triple) => [`@portcullis/${triple}`, at(`portcullis-${triple}`)]);
  return { main: at('portcullis'), platforms: Object.fromEntries(platforms) };
}

/** The addon of one platform: of a build here, or put beside its manifest by a release. */
function addonOf(triple) {
  const found = findAddon(triple);
  if (!found) throw new Error(missing(triple));
  return found;
}

function findAddon(triple) {
  const name = `portcullis.${triple}.node`;
  return [join(ROOT, 'native', name), join(ROOT, 'npm', triple, name)].find((path) => existsSync(path));
}

const missing = (triple) => `There is no addon for ${triple}: build it with "npm run build" on that platform.`;

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
  const { values, positionals } = parseArgs({ options: { host: { type: 'boolean' } }, allowPositionals: true });
  packAll(positionals[0] ?? 'dist', values.host);
}

function packAll(folder, isHostOnly) {
  const absent = TRIPLES.filter((triple) => !findAddon(triple));
  for (const triple of absent) console.error(missing(triple));
  if (absent.length > 0 && !isHostOnly) {
    console.error('Nothing was packed. To pack what is built here: node scripts/pack.mjs --host');
    process.exitCode = 1;
    return;
  }
  const present = TRIPLES.filter((triple) => !absent.includes(triple));
  for (const path of [packMain(folder), ...present.map((triple) => packPlatform(folder, triple))]) console.log(path);
}
