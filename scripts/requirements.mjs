// Checks what a checkout needs. Each function gets what was found, and returns the line to print, or undefined.
export const MIN_NODE_MAJOR = 20;
export const MIN_RUST_MINOR = 88;

/** @param {string} version as in `process.versions.node` */
export function nodeProblem(version) {
  if (Number.parseInt(version, 10) >= MIN_NODE_MAJOR) return undefined;
  return `Portcullis needs Node.js ${MIN_NODE_MAJOR} or newer; this is ${version}. Install a current release from https://nodejs.org.`;
}

/** @param {{ error?: Error, status: number | null, stdout: string | null }} cargo how `cargo --version` ended */
export function rustProblem({ error, status, stdout }) {
  if (error || status !== 0) {
    return 'Portcullis builds its native addon with Rust, and cargo was not found. Install Rust from https://rustup.rs and open a new shell.';
  }
  const version = String(stdout).trim();
  const [, major, minor] = (/^cargo (\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major > 1 || minor >= MIN_RUST_MINOR) return undefined;
  return `Portcullis needs Rust 1.${MIN_RUST_MINOR} or newer; this is ${version}. Run "rustup update stable".`;
}
