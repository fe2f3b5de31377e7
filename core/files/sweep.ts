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
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (await isAbandoned(name, path)) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const maker = makerOf(name);
  if (maker === null) return false;
  const alive = isAlive(maker);
  if (alive !== null) return !alive;
  const stats = await lstat(path).catch(() => null);
  return stats !== null && Date.now() - stats.mtimeMs > SURELY_OVER_MS;
}
