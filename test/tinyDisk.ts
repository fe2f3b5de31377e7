import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statfsSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Mounting takes root, which the build machine is. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount) console.log('Tests on a disk of their own are skipped: mounting one takes root.');

export interface TinyDisk {
  readonly path: string;
  /** Writes until this many bytes are free, to a whole page. */
  fillTo(free: number): void;
  empty(): void;
  remove(): void;
}

const PAGE = 4096;

/** A real disk of a few bytes, mounted at `path`. */
export function tinyDisk(path: string, bytes: number): TinyDisk {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  const ballast = join(path, 'ballast');
  const freeNow = () => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  };
  return {
    path,
    fillTo: (free) => {
      const file = openSync(ballast, 'a');
      while (freeNow() > free) writeSync(file, Buffer.alloc(Math.min(Math.max(PAGE, freeNow() - free), 2 ** 20)));
      closeSync(file);
    },
    empty: () => truncateSync(ballast, 0),
    // Lazily: a process that is just ending may hold a file open.
    remove: () => execFileSync('umount', ['-l', path]),
  };
}
