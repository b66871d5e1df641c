// Some suites load what sanitizers return in a real browser: Debian's chromium, which .ci/run installs. Elsewhere they are skipped by
// name, because a browser is too large to be installed on the way.
import { existsSync, readFileSync } from 'node:fs';

const PATH = '/usr/bin/chromium';

export function hasChromium() {
  return existsSync(PATH);
}

/** Returns whether a test file has a suite that is skipped without Chromium. @param {string} path */
export function needsChromium(path) {
  return /^ *describeChromium\(/m.test(readFileSync(path, 'utf8'));
}
