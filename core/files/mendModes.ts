import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What others than the owner may do. */
const OTHERS = 0o077;

/**
 * Takes from everyone but their owner what they may do with this file or folder, and with what is in it. Links are left alone. Never
 * throws: what belongs to another user cannot be mended, nor can a disk without modes.
 * @param depth levels of folders to go into
 */
export async function mendModes(path: string, depth: number): Promise<void> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null || !(stats.isFile() || stats.isDirectory())) return;
  if (process.platform !== 'win32' && (stats.mode & OTHERS) !== 0)
    await chmod(path, stats.mode & 0o7777 & ~OTHERS).catch(() => undefined);
  if (!stats.isDirectory() || depth === 0) return;
  const names = await readdir(path).catch(() => []);
  await Promise.all(names.map((name) => mendModes(join(path, name), depth - 1)));
}
