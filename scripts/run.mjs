// Runs other programs for the scripts, and reads the sums that they print.
import { execFileSync, spawn } from 'node:child_process';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const COUNT = /^(\d+) (?:passed|held), (\d+) (?:failed|breached)$/gm;

/** npm and the programs of node_modules/.bin are scripts on Windows, and only a shell starts those. */
const shellFor = (command) => process.platform === 'win32' && !command.endsWith('.exe');

/**
 * Runs a command to its end and returns what it printed to stdout. Its whole output is part of the error when it fails.
 *
 * @param {string} command @param {string[]} args @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options]
 */
export function run(command, args, { cwd, env = process.env, timeout } = {}) {
  try {
    return execFileSync(command, args, {
      cwd,
      env,
      timeout,
      encoding: 'utf8',
      maxBuffer: MAX_OUTPUT_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: shellFor(command),
    });
  } catch (error) {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    const ending = error.code ?? error.signal ?? `status ${error.status}`;
    throw new Error(`${command} ${args.join(' ')}: ended with ${ending}\n${output}`, { cause: error });
  }
}

/**
 * Runs a command to its end, whether it succeeds or not. `output` holds stdout and stderr in the order in which they came.
 * With `echo` both are also shown as they come.
 *
 * @param {string} command @param {string[]} args @param {{ env?: NodeJS.ProcessEnv, echo?: boolean }} [options]
 * @returns {Promise<{ code: number | null, stdout: string, output: string }>}
 */
export function collect(command, args, { env = process.env, echo = false } = {}) {
  return new Promise((resolve) => {
    let stdout = '';
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, shell: shellFor(command) });
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output += text;
        if (name === 'stdout') stdout += text;
        if (echo) process[name].write(text);
      });
    }
    child.on('error', (error) => resolve({ code: 1, stdout, output: String(error) }));
    child.on('close', (code) => resolve({ code, stdout, output }));
  });
}

/** The sum that a check prints as its last line, or undefined. @param {string} output */
export function lastCount(output) {
  const last = [...output.matchAll(COUNT)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]) };
}
