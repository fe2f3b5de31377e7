import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type Problem, ProblemError } from '../../errors.ts';
import type { SplitName } from '../schema.ts';
import { PICTURE_ENDINGS } from './pictureEndings.ts';
import { nameSome } from './pictureProblems.ts';

/** Endings of pictures that the decoder does not know: worth telling of, unlike notes and the like. */
const OTHER_PICTURES = ['.bmp', '.tif', '.tiff', '.heic', '.heif', '.jp2', '.psd', '.ico', '.tga', '.ppm', '.pgm'];

const PART_FOLDERS: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

export interface ListedPicture {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  readonly className: string;
  /** The part its folder stands for; null where fractions decide. */
  readonly part: SplitName | null;
}

export interface PictureListing {
  readonly root: string;
  /** Class folders, also those without pictures, in the order of Python's `sorted`. */
  readonly folders: readonly string[];
  /** Class by class, by folder and name within each: the order of Keras' image_dataset_from_directory. */
  readonly pictures: readonly ListedPicture[];
  /** Folders that stand for parts; empty where the class folders lie at the top. */
  readonly parts: readonly { readonly folder: string; readonly part: SplitName }[];
  /** Files that would be pictures but for being links out of the folder. */
  readonly links: readonly string[];
  readonly problems: readonly Problem[];
}

/** Order of Python's `sorted`: by code point, which is the order of UTF-8 bytes. */
function compareAsPython(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

interface Left {
  /** Pictures of kinds that cannot be decoded. */
  readonly kinds: string[];
  /** Links that lead out of the folder or nowhere. */
  readonly links: string[];
}

/**
 * Finds the pictures of a folder that holds a folder for each class, at any depth within it. Names that begin with a dot are passed
 * over. Linked folders are not followed, linked files only where they stay within the folder.
 * @throws ProblemError when there is no such folder, or no class folders with pictures in it
 */
export async function listPictures(folder: string): Promise<PictureListing> {
  const root = await openFolder(folder);
  const top = await readEntries(root);
  const folders = top.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const parts = folders.flatMap((name) => {
    const part = PART_FOLDERS[name.toLowerCase()];
    return part === undefined ? [] : [{ folder: name, part }];
  });
  // A class may be called "test": only where all folders are parts, and one of them is for training, do they stand for parts.
  const hasParts = parts.length === folders.length && parts.some(({ part }) => part === 'train');
  const places = hasParts ? parts.map((one) => ({ ...one, path: join(root, one.folder) })) : null;

  const left: Left = { kinds: [], links: [] };
  const found = new Map<string, { name: string; part: SplitName | null }[]>();
  for (const place of places ?? [{ part: null, path: root }]) {
    const entries = place.path === root ? top : await readEntries(place.path);
    for (const entry of entries) {
      if (!entry.isDirectory()) continue;
      const files = await picturesIn(join(place.path, entry.name), root, left);
      const own = found.get(entry.name) ?? [];
      own.push(...files.map((name) => ({ name, part: place.part })));
      found.set(entry.name, own);
    }
  }
  const names = [...found.keys()].sort(compareAsPython);
  const pictures = names.flatMap((className) =>
    (found.get(className) ?? []).map((picture) => ({ ...picture, className })),
  );
  if (pictures.length === 0) throw noPictures(root, names, left);
  return {
    root,
    folders: names,
    pictures,
    parts: hasParts ? parts : [],
    links: left.links,
    problems: listingProblems(left),
  };
}

async function openFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    throw new ProblemError({
      code: missing ? 'data-not-found' : 'data-unreadable',
      title: missing ? 'Folder not found' : 'Folder cannot be read',
      message: missing
        ? `There is no folder “${folder}”. It may have been moved or renamed; choose it again.`
        : `“${folder}” cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      facts: { path: folder },
    });
  }
  throw new ProblemError({
    code: 'data-not-a-folder',
    title: 'Not a folder',
    message: `“${folder}” is a file. Choose a folder that holds a folder of pictures for each class.`,
    facts: { path: folder },
  });
}

async function readEntries(path: string): Promise<Dirent[]> {
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

/** Names of the pictures in and under a class folder, sorted by folder, then by name. */
async function picturesIn(directory: string, root: string, left: Left): Promise<string[]> {
  const folders = [directory];
  const files: { folder: string; file: string }[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readEntries(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (endsWithOneOf(entry.name, OTHER_PICTURES)) left.kinds.push(nameIn(root, path));
      else if (!endsWithOneOf(entry.name, PICTURE_ENDINGS)) continue;
      else if (!entry.isSymbolicLink() || (await staysWithin(root, path))) files.push({ folder, file: entry.name });
      else left.links.push(nameIn(root, path));
    }
  }
  files.sort((a, b) => compareAsPython(a.folder, b.folder) || compareAsPython(a.file, b.file));
  return files.map(({ folder, file }) => nameIn(root, join(folder, file)));
}

function endsWithOneOf(name: string, endings: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return endings.some((ending) => lower.endsWith(ending));
}

async function staysWithin(root: string, link: string): Promise<boolean> {
  try {
    const target = await realpath(link);
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false;
  }
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function listingProblems(left: Left): Problem[] {
  const problems: Problem[] = [];
  if (left.kinds.length > 0) {
    problems.push({
      code: 'picture-kind',
      severity: 'warning',
      title: 'Unknown picture format',
      message: `${left.kinds.length === 1 ? '1 picture is' : `${left.kinds.length.toLocaleString('en')} pictures are`} of a format that is not read and left out: ${nameSome(left.kinds)}. Save ${left.kinds.length === 1 ? 'it' : 'them'} as PNG or JPEG.`,
      facts: { files: left.kinds.slice(0, 100), count: left.kinds.length },
    });
  }
  if (left.links.length > 0) {
    const one = left.links.length === 1;
    problems.push({
      code: 'picture-link',
      severity: 'warning',
      title: 'Link out of the folder',
      message: `${one ? '1 link leads' : `${left.links.length.toLocaleString('en')} links lead`} out of the folder or nowhere and ${one ? 'is' : 'are'} left out: ${nameSome(left.links)}. Put the ${one ? 'picture itself' : 'pictures themselves'} there.`,
      facts: { files: left.links.slice(0, 100), count: left.links.length },
    });
  }
  return problems;
}

function noPictures(root: string, folders: readonly string[], left: Left): ProblemError {
  const name = basename(root);
  const known = PICTURE_ENDINGS.map((ending) => ending.slice(1)).join(', ');
  const message =
    folders.length === 0
      ? `“${name}” has no folders in it. It must hold one folder for each class, named like the class, with that class's pictures inside.`
      : left.kinds.length > 0
        ? `The ${left.kinds.length} pictures in “${name}” are of formats that are not read, such as ${nameSome(left.kinds, 1)}. Save them as PNG or JPEG.`
        : `The ${folders.length === 1 ? 'folder' : `${folders.length} folders`} in “${name}” ${folders.length === 1 ? 'holds' : 'hold'} no pictures (${known}). Each class needs a folder of its own with its pictures inside.`;
  return new ProblemError({
    code: folders.length === 0 ? 'no-class-folders' : 'no-pictures',
    title: folders.length === 0 ? 'No class folders' : 'No pictures',
    message,
    facts: { path: root, folders: [...folders] },
  });
}
