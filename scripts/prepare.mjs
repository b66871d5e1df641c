// Runs before start, test and the other commands: installs and builds what is missing or stale, and nothing else.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeProblem, rustProblem } from './requirements.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NATIVE_SOURCES = ['Cargo.toml', 'Cargo.lock', 'build.rs', 'src', 'core/Cargo.toml', 'core/src'];

process.chdir(ROOT);
need(nodeProblem(process.versions.node));
install();
if (!process.argv.includes('--no-build')) build();

function install() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && mtime(installed) >= Math.max(mtime('package-lock.json'), mtime('package.json'))) return;
  step('Installing npm packages (npm ci)');
  run('npm', ['ci', '--no-audit', '--no-fund']);
  // npm ci keeps the file's time if nothing changed, so it is set here for the next run to see that all is fresh.
  utimesSync(installed, new Date(), new Date());
}

function build() {
  const addon = readdirSync('native').find((name) => name.endsWith('.node'));
  if (addon && mtime(join('native', addon)) >= newest(NATIVE_SOURCES)) return;
  need(rustProblem(spawnSync('cargo', ['--version'], { encoding: 'utf8' })));
  step('Building the native addon in release mode (a first build takes a few minutes)');
  run('npm', ['run', '--silent', 'build']);
  const built = readdirSync('native').find((name) => name.endsWith('.node'));
  utimesSync(join('native', built), new Date(), new Date());
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

function need(problem) {
  if (problem) stop(problem);
}

function step(text) {
  console.error(`> ${text}`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
