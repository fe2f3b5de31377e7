import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ProblemError } from '../../errors.ts';
import { OTHER_ENDINGS, PICTURE_ENDINGS } from './pictureEndings.ts';

const ENDINGS: readonly string[] = [...PICTURE_ENDINGS, ...OTHER_ENDINGS];

/** Order of Python's `sorted`: by code point, which is the order of UTF-8 bytes. */
export function compareAsPython(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export interface FoundFiles {
  /** Relative to the root with `/`, by folder, then by name. */
  readonly pictures: readonly string[];
  /** Links that lead out of the root or nowhere. */
  readonly links: readonly string[];
  /** What ends like a picture and is a pipe, a socket or a device. */
  readonly noFiles: readonly string[];
}

/** Entries but for hidden ones, in Python's order. @throws ProblemError `data-unreadable` */
export async function readEntries(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    // Sorted, since every system lists in an order of its own.
    return entries.filter((entry) => !entry.name.startsWith('.')).sort((a, b) => compareAsPython(a.name, b.name));
  } catch (error) {
    throw new ProblemError({
      code: 'data-unreadable',
      title: 'Folder cannot be read',
      message: `“${path}” cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      facts: { path },
    });
  }
}

/** Files that end like pictures in a folder, and under it unless `deep` is false. What they really are is for the decoder to say. */
export async function findPictures(
  directory: string,
  root: string,
  { deep = true, signal }: { readonly deep?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<FoundFiles> {
  const folders = [directory];
  const files: { folder: string; file: string }[] = [];
  const [links, noFiles]: [string[], string[]] = [[], []];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal?.throwIfAborted();
    for (const entry of await readEntries(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (deep) folders.push(path);
      } else if (!endsLikePicture(entry.name)) continue;
      else if (entry.isSymbolicLink()) {
        const target = await linkTarget(root, path);
        if (target === 'file') files.push({ folder, file: entry.name });
        else (target === 'other' ? noFiles : links).push(nameIn(root, path));
      } else if (entry.isFile()) files.push({ folder, file: entry.name });
      else noFiles.push(nameIn(root, path));
    }
  }
  files.sort((a, b) => compareAsPython(a.folder, b.folder) || compareAsPython(a.file, b.file));
  return { pictures: files.map(({ folder, file }) => nameIn(root, join(folder, file))), links, noFiles };
}

function endsLikePicture(name: string): boolean {
  const lower = name.toLowerCase();
  return ENDINGS.some((ending) => lower.endsWith(ending));
}

/** What a link leads to: a file within the root, something there that is none, or away. */
async function linkTarget(root: string, link: string): Promise<'file' | 'other' | 'away'> {
  try {
    const target = await realpath(link);
    if (!target.startsWith(root + sep)) return 'away';
    return (await stat(target)).isFile() ? 'file' : 'other';
  } catch {
    return 'away';
  }
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
