// Is a thing that was made from files still up to date? Plain Node: this runs before anything is installed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Stamps and downloads of our own scripts; goes away with node_modules, and so is never wrongly fresh. */
export const cacheDir = join(root, 'node_modules', '.cache', 'layerloom');

/** Every file below the given paths (files or folders, relative to the root), sorted, as absolute paths. */
function filesUnder(paths) {
  const files = [];
  const visit = (path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return;
    if (stats.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else files.push({ path, size: stats.size, mtime: stats.mtimeMs });
  };
  for (const path of paths) visit(join(root, path));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function signatures(inputs) {
  const files = filesUnder(inputs);
  const times = createHash('sha256');
  for (const file of files) times.update(`${relative(root, file.path)}\0${file.size}\0${file.mtime}\n`);
  return {
    times: times.digest('hex'),
    contents: () => {
      const hash = createHash('sha256').update(process.version);
      for (const file of files) hash.update(`${relative(root, file.path)}\0`).update(readFileSync(file.path));
      return hash.digest('hex');
    },
  };
}

/**
 * Compares the inputs with the stamp `name`. Times are looked at first (a few milliseconds); only where they differ are contents
 * hashed, so a fresh checkout with old contents is not rebuilt. `outputs` must all exist. `done()` writes the new stamp.
 */
export function staleness(name, inputs, outputs) {
  const file = join(cacheDir, `${name}.json`);
  const now = signatures(inputs);
  let stamp = null;
  try {
    stamp = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // No stamp, or half of one: stale.
  }
  const present = outputs.every((path) => statSync(join(root, path), { throwIfNoEntry: false }));
  // Taken before the work starts, so that an edit made during it counts as new.
  let contents = null;
  const write = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ times: now.times, contents }));
  };
  if (present && stamp?.times === now.times) return { stale: false, done: () => {} };
  contents = now.contents();
  const stale = !present || stamp?.contents !== contents;
  if (!stale) write();
  return { stale, done: write };
}
