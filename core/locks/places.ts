import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../errors.ts';
import { PRIVATE_FOLDER } from '../files/node.ts';

/** The longest path a socket may have: 108 bytes with its ending zero on Linux, 104 on a Mac. */
const LONGEST_PATH = 103;
/** `<lock>~<claim>.sock` */
const LONGEST_NAME = 12 + 1 + 16 + '.sock'.length;

const ASIDE = '/tmp/.layerloom-locks-';

/** What a lock is called among the files of all locks: a person's names may hold anything. */
export const lockKey = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 12);

/**
 * Folders in which claims to locks of a data folder stand, the first that can hold sockets being used. In the data folder itself, so that
 * whoever sees the folder sees the lock, whatever it is called there. Only where its path is too long, or its disk knows no sockets, in
 * the system's folder for temporary files, under the data folder's device and inode. Everyone looks at both.
 */
export async function lockPlaces(home: string): Promise<readonly string[]> {
  await mkdir(home, { recursive: true, mode: PRIVATE_FOLDER });
  const within = join(await realpath(home), 'locks');
  const { dev, ino } = await stat(home, { bigint: true });
  const places = [join(`${ASIDE}${process.getuid?.() ?? 0}`, `${dev}-${ino}`)];
  if (Buffer.byteLength(within) + 1 + LONGEST_NAME <= LONGEST_PATH) places.unshift(within);
  return places;
}

const foldersOf = (place: string) => (place.startsWith(ASIDE) ? [join(place, '..'), place] : [place]);

async function privateFolder(folder: string): Promise<boolean> {
  const stats = await lstat(folder).catch(() => null);
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
}

/** Whether a place is there and its user's alone. */
export async function isPrivate(place: string): Promise<boolean> {
  const checked = await Promise.all(foldersOf(place).map(privateFolder));
  return checked.every((good) => good);
}

/** Makes a place, for its user alone. @throws ProblemError `lock-folder` when it belongs to somebody else */
export async function makePlace(place: string): Promise<void> {
  await mkdir(place, { recursive: true, mode: PRIVATE_FOLDER });
  for (const folder of foldersOf(place)) {
    if (await privateFolder(folder)) continue;
    throw new ProblemError({
      code: 'lock-folder',
      title: 'Not private',
      message: `By “${folder}” Layerloom's programs know of one another, so it must be a folder of yours that nobody else can use, and it is not. Remove it, and start again.`,
      facts: { folder },
    });
  }
}

/** Windows has named pipes instead, which are gone with their process and which one process alone can open first. */
export async function pipeName(home: string, name: string): Promise<string> {
  await mkdir(home, { recursive: true, mode: PRIVATE_FOLDER });
  const { dev, ino } = await stat(home, { bigint: true });
  return `\\\\.\\pipe\\layerloom-${dev}-${ino}-${lockKey(name)}`;
}
