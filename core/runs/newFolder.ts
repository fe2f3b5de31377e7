import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  abandoned,
  isTemporary,
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  sweepTemporaries,
  temporaryName,
} from '../files/node.ts';
import { RUN_FILES } from './files.ts';

/**
 * Makes the folder of a run: `2026-11-22T18-30-05-digits-cnn-3fa9` sorts by time, says what it is, and no two are alike. In it lies the
 * mark of this process until `folderDone`, by which what a killed process left of a run is known.
 */
export async function newFolder(runsDir: string, name: string, createdAt: Date): Promise<string> {
  await mkdir(runsDir, { recursive: true, mode: PRIVATE_FOLDER });
  const making = join(runsDir, temporaryName());
  await mkdir(making, { mode: PRIVATE_FOLDER });
  try {
    await writeFile(join(making, temporaryName()), '', { mode: PRIVATE_FILE });
    return await publish(making, runsDir, name, createdAt);
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function publish(making: string, runsDir: string, name: string, createdAt: Date): Promise<string> {
  const time = createdAt.toISOString().slice(0, 19).replaceAll(':', '-');
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  for (let tries = 1; ; tries++) {
    const dir = join(runsDir, [time, slug, randomBytes(2).toString('hex')].filter((part) => part !== '').join('-'));
    try {
      await rename(making, dir);
      return dir;
    } catch (error) {
      // Taken: no folder that holds something is renamed over.
      if (tries === 5 || !(error instanceof Error && 'code' in error && TAKEN.has(error.code))) throw error;
    }
  }
}

const TAKEN: ReadonlySet<unknown> = new Set(['EEXIST', 'ENOTEMPTY', 'EPERM']);

/** Takes the mark away: the folder holds a whole run. */
export async function folderDone(dir: string): Promise<void> {
  const marks = (await readdir(dir)).filter(isTemporary);
  for (const mark of marks) await rm(join(dir, mark), { force: true });
}

/** Removes what killed processes left of runs that they had only begun to make. Never throws. */
export async function sweepRuns(runsDir: string): Promise<void> {
  await sweepTemporaries(runsDir);
  const entries = await readdir(runsDir, { withFileTypes: true }).catch(() => []);
  for (const dir of entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(runsDir, name))) {
    if (await isThere(join(dir, RUN_FILES.record))) continue;
    if ((await abandoned(dir)).length === 0) continue;
    await rm(dir, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
