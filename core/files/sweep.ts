import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './processMark.ts';
import { makerOf } from './temporary.ts';

/** Of another machine on a shared disk it cannot be seen whether it still writes. No write takes this long. */
const SURELY_OVER_MS = 24 * 60 * 60 * 1000;

/**
 * Removes from a folder what a killed process left of its writing: files and folders with names that only `temporaryName` gives, whose
 * process is gone. What a living process is at work on stays. Never throws: what cannot be removed is tried again the next time.
 */
export async function sweepTemporaries(folder: string): Promise<void> {
  for (const path of await abandoned(folder)) await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Paths of what killed processes left in a folder. */
export async function abandoned(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => ((await isAbandoned(name, join(folder, name))) ? [join(folder, name)] : [])),
  );
  return found.flat();
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const maker = makerOf(name);
  if (maker === null) return false;
  const alive = isAlive(maker);
  if (alive !== null) return !alive;
  const stats = await lstat(path).catch(() => null);
  return stats !== null && Date.now() - stats.mtimeMs > SURELY_OVER_MS;
}
