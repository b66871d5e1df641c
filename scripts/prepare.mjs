// Runs before start, test and the other commands: installs and builds what is missing or stale, and nothing else.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MIN_NODE_MAJOR = 20;
const MIN_RUST_MINOR = 88;
const NATIVE_SOURCES = ['Cargo.toml', 'Cargo.lock', 'build.rs', 'src', 'core/Cargo.toml', 'core/src'];

process.chdir(ROOT);
checkNode();
install();
if (!process.argv.includes('--no-build')) build();

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < MIN_NODE_MAJOR) {
    stop(
      `Portcullis needs Node.js ${MIN_NODE_MAJOR} or newer; this is ${process.version}. Install a current release from https://nodejs.org.`,
    );
  }
}

function install() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && mtime(installed) >= Math.max(mtime('package-lock.json'), mtime('package.json'))) return;
  step('Installing npm packages (npm ci)');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  // npm ci keeps the file's time when nothing changed; the next run shall see that all is fresh.
  utimesSync(installed, new Date(), new Date());
}

function build() {
  const addon = readdirSync('native').find((name) => name.endsWith('.node'));
  if (addon && mtime(join('native', addon)) >= newest(NATIVE_SOURCES)) return;
  checkRust();
  step('Building the native addon in release mode (a first build takes a few minutes)');
  run('npm', ['run', '--silent', 'build']);
  const built = readdirSync('native').find((name) => name.endsWith('.node'));
  utimesSync(join('native', built), new Date(), new Date());
}

function checkRust() {
  const cargo = spawnSync('cargo', ['--version'], { encoding: 'utf8' });
  const minor = Number(/^cargo 1\.(\d+)/.exec(cargo.stdout ?? '')?.[1]);
  if (cargo.error || cargo.status !== 0) {
    stop(
      'Portcullis builds its native addon with Rust, and cargo was not found. Install Rust from https://rustup.rs and open a new shell.',
    );
  }
  if (minor < MIN_RUST_MINOR) {
    stop(
      `Portcullis needs Rust 1.${MIN_RUST_MINOR} or newer; this is ${cargo.stdout.trim()}. Run "rustup update stable".`,
    );
  }
}

function newest(paths) {
  return Math.max(
    ...paths.map((path) =>
      statSync(path).isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : mtime(path),
    ),
  );
}

function mtime(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function run(command, args) {
  try {
    execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  } catch (error) {
    stop(
      `"${command} ${args.join(' ')}" failed${error.code === 'ENOENT' ? `: ${command} was not found` : ''}. The lines above say why.`,
    );
  }
}

function step(text) {
  console.error(`> ${text}`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
