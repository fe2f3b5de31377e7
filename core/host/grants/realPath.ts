import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/** Where a whole path really leads, all links followed, also of what is not there yet: a write to a link makes what it points to. */
export async function realPath(path: string, links = MOST_LINKS): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const target = await readlink(path).catch(() => null);
  if (target !== null) return links === 0 ? path : realPath(resolve(dirname(path), target), links - 1);
  const parent = dirname(path);
  return parent === path ? path : join(await realPath(parent, links), basename(path));
}

/** The way from a folder down to `real`, '' for the folder itself; null where it lies elsewhere. Both are real paths. */
export function wayDown(folder: string, real: string): string | null {
  const way = relative(folder, real);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : way;
}

/** Whether a way down leads through a hidden folder or to a hidden file. */
export const isHidden = (way: string): boolean => way.split(sep).some((part) => part.startsWith('.'));
