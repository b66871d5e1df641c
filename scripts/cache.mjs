// A folder for what the scripts download. It lies outside node_modules, because `npm ci` empties that. An entry is complete or
// does not exist, also when two processes fetch it at once.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export function cacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const home = homedir();
  let caches = XDG_CACHE_HOME || join(home, '.cache');
  if (process.platform === 'darwin') caches = join(home, 'Library', 'Caches');
  if (process.platform === 'win32') caches = LOCALAPPDATA || join(home, 'AppData', 'Local');
  return join(caches, 'portcullis');
}

/**
 * Returns a folder below `cacheFolder()`, which `fill` fills when it is not there yet.
 * @param {string} folder @param {(partial: string) => void} fill
 */
export function cached(folder, fill) {
  if (existsSync(folder)) return folder;
  console.error(`> Fetching ${basename(folder)}`);
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-partial-`);
  try {
    fill(partial);
    rename(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

function rename(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another process finished the same download first; its folder serves.
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code) || !existsSync(to)) throw error;
  }
}
