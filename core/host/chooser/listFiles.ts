import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileProblem } from '../../files/node.ts';
import { wholePath } from '../documentFiles.ts';
import type { DirectoryEntry } from './contract.ts';

const MAX_ENTRIES = 5000;

/** `~` at the start of a path is the home folder, as people type it. */
function fromHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

/**
 * One folder for the file dialog of hosts without the system's: folders first, then the files that end in one of `extensions` (without a dot; none =
 * all), by name. Hidden entries and those that cannot be looked at are left out. `null` is the home folder.
 */
export async function listFiles(
  given: string | null,
  extensions: readonly string[],
): Promise<{ directory: string; parent: string | null; entries: DirectoryEntry[] }> {
  const directory = wholePath(fromHome(given ?? '~'));
  const wanted = extensions.map((extension) => `.${extension.toLowerCase()}`);
  let names: string[];
  try {
    names = (await readdir(directory)).filter((name) => !name.startsWith('.')).slice(0, MAX_ENTRIES);
  } catch (error) {
    throw fileProblem('list', directory, error);
  }
  const entries = await Promise.all(
    names.map(async (name): Promise<DirectoryEntry | null> => {
      const path = join(directory, name);
      const stats = await stat(path).catch(() => null);
      if (!stats) return null;
      const modifiedAt = stats.mtime.toISOString();
      if (stats.isDirectory()) return { name, path, kind: 'directory', bytes: 0, modifiedAt };
      const shown = wanted.length === 0 || wanted.some((end) => name.toLowerCase().endsWith(end));
      return stats.isFile() && shown ? { name, path, kind: 'file', bytes: stats.size, modifiedAt } : null;
    }),
  );
  const parent = dirname(directory);
  return {
    directory,
    parent: parent === directory ? null : parent,
    entries: entries
      .filter((entry) => entry !== null)
      .sort((a, b) =>
        a.kind === b.kind ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a.kind === 'directory' ? -1 : 1,
      ),
  };
}
