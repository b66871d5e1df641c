// npm run test:platforms: builds the addon for other platforms, packs it as their packages, installs the package as npm
// does there, and runs the app of __test__/project/smoke on a Node.js of that platform.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChecks } from './checks.mjs';
import { arm64Node, build, muslNode, obstacle } from './cross.mjs';
import { checkGlibc } from './glibc.mjs';
import { packAsPublished } from './pack.mjs';
import { installSmoke, runSmoke } from './smoke.mjs';
import { GLIBC } from './versions.mjs';

const PLATFORMS = [
  {
    triple: 'linux-x64-musl',
    target: 'x86_64-unknown-linux-musl',
    // Rust links musl statically by default, and an addon must share the C library of its process.
    rustflags: '-C target-feature=-crt-static',
    npmArgs: ['--os=linux', '--cpu=x64', '--libc=musl'],
    node: muslNode,
    checkAddon: (addon) => assert.doesNotMatch(readFileSync(addon, 'latin1'), /GLIBC_|ld-linux/),
  },
  {
    triple: 'linux-arm64-gnu',
    target: `aarch64-unknown-linux-gnu.${GLIBC}`,
    npmArgs: ['--os=linux', '--cpu=arm64', '--libc=glibc'],
    node: arm64Node,
    checkAddon: checkGlibc,
  },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'portcullis-platforms-'));
const { check, skip, finish } = createChecks();
const reason = obstacle();
try {
  for (const platform of PLATFORMS) {
    if (reason) skip(platform.triple, reason);
    else await checkPlatform(platform);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();

async function checkPlatform({ triple, target, rustflags, npmArgs, node, checkAddon }) {
  const app = join(work, triple);
  let addon;
  await check(`${triple}: build`, () => {
    addon = build(target, rustflags);
    checkAddon(addon);
  });
  if (!addon) return;
  await check(`${triple}: install`, () => {
    const tarballs = packAsPublished(join(work, 'tarballs'), { [triple]: addon });
    installSmoke(app, tarballs, triple, npmArgs);
  });
  await check(`${triple}: run`, () => runSmoke(app, node()));
}
