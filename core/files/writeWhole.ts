import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { followLinks } from './followLinks.ts';
import { temporaryName } from './temporary.ts';

/** What goes into a file: a text, bytes, or its parts in order, which may be made while they are written. */
export type WholeContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** How a file is written. */
export interface WriteOptions {
  /** Mode of the file; by default that of the file it replaces, or what the system gives new files. */
  readonly mode?: number;
}

/** Systems refuse to write 2 GiB or more at once. */
const MOST_AT_ONCE = 2 ** 30;
/** As many pieces as every system takes in one call. */
const MOST_PARTS = 1024;
/** On Windows a file that someone just reads cannot be replaced; it soon can. */
const BUSY: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const BUSY_TRIES = 20;
/** Systems and disks on which a folder cannot be flushed by itself. */
const NO_FOLDER_FLUSH: ReadonlySet<string> = new Set([
  'EISDIR',
  'EPERM',
  'EACCES',
  'EINVAL',
  'ENOTSUP',
  'EBADF',
  'ENOSYS',
]);

/** Writes under way, so that of two writes of one file the later one stays. */
const writing = new Map<string, Promise<unknown>>();

/**
 * Replaces the file at `path` by this content: at every moment, also after a power cut, it is wholly the old one or wholly the new one.
 * Resolves when every byte is on the disk. A link is followed, and the mode of what is replaced is kept. Where it fails, the old file is
 * as it was and nothing is left beside it; a process killed meanwhile leaves a file that `sweepTemporaries` knows.
 * @throws the system's error (`ENOSPC` when the disk is full); `fileProblem` makes a sentence of it
 */
export async function writeWhole(path: string, content: WholeContent, options: WriteOptions = {}): Promise<void> {
  const target = await followLinks(path);
  const mine = (writing.get(target) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => write(target, content, options));
  writing.set(target, mine);
  try {
    await mine;
  } finally {
    if (writing.get(target) === mine) writing.delete(target);
  }
}

async function write(target: string, content: WholeContent, { mode }: WriteOptions): Promise<void> {
  const folder = dirname(target);
  const before = await stat(target).catch(() => null);
  const temporary = join(folder, temporaryName());
  try {
    const file = await open(temporary, 'wx', mode ?? 0o666);
    try {
      const kept = mode ?? (before ? before.mode & 0o7777 : undefined);
      if (kept !== undefined) await file.chmod(kept);
      if (before) await keepOwner(file, before);
      const bytes = await writeParts(file, partsOf(content));
      await file.sync();
      const { size } = await file.stat();
      if (size !== bytes) throw cutOff(size, bytes);
    } finally {
      await file.close();
    }
    await renameOver(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(folder);
}

function partsOf(content: WholeContent): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}

/**
 * Small parts go to the system together: where a training computes in the same thread, each wait lasts as long as a step does.
 * @returns the number of bytes written: all of them
 */
async function writeParts(file: FileHandle, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<number> {
  let total = 0;
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    await writeAll(file, waiting, total);
    total += bytes;
    waiting = [];
    bytes = 0;
  };
  for await (const part of parts)
    for (let at = 0; at < part.byteLength; at += MOST_AT_ONCE) {
      const piece = part.subarray(at, at + MOST_AT_ONCE);
      if (bytes + piece.byteLength > MOST_AT_ONCE || waiting.length === MOST_PARTS) await flush();
      waiting.push(piece);
      bytes += piece.byteLength;
    }
  await flush();
  return total;
}

/** The system may take fewer bytes than it is given, without an error: on a disk that is nearly full, for one. */
async function writeAll(file: FileHandle, given: readonly Uint8Array[], before: number): Promise<void> {
  let left = given;
  let done = before;
  while (left.length > 0) {
    const { bytesWritten } = await file.writev([...left]);
    if (bytesWritten === 0) throw cutOff(done, done + left.reduce((sum, piece) => sum + piece.byteLength, 0));
    done += bytesWritten;
    left = after(left, bytesWritten);
  }
}

/** What is left of these pieces after so many bytes of them. */
function after(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return pieces.flatMap((piece) => {
    const skipped = Math.min(skip, piece.byteLength);
    skip -= skipped;
    return skipped === piece.byteLength ? [] : [piece.subarray(skipped)];
  });
}

function cutOff(size: number, bytes: number): Error {
  return Object.assign(new Error(`only ${size} of ${bytes} bytes could be written`), { code: 'ENOSPC' });
}

/** Where someone else's file is replaced (by root, say), it stays theirs, if the system permits it. */
async function keepOwner(file: FileHandle, before: { readonly uid: number; readonly gid: number }): Promise<void> {
  const { uid, gid } = await file.stat();
  if (before.uid !== uid || before.gid !== gid) await file.chown(before.uid, before.gid).catch(() => undefined);
}

async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || tries === BUSY_TRIES || !hasCode(error, BUSY)) throw error;
      await delay(10 * tries);
    }
}

/** A rename is on the disk only once its folder is. */
export async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!hasCode(error, NO_FOLDER_FLUSH)) throw error;
  }
}

function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.has(error.code);
}
