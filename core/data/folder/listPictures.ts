import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, ProblemError } from '../../errors.ts';
import type { SplitName } from '../schema.ts';
import { compareAsPython, findPictures, readEntries } from './findPictures.ts';
import {
  besideParts,
  type FixPath,
  leftOutProblems,
  looseProblem,
  nestedProblem,
  noPictures,
} from './listingProblems.ts';
import { partOf } from './pictureParts.ts';

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
  /** Folders that stand for parts, relative and with `/`; empty where the class folders lie at the top. */
  readonly parts: readonly { readonly folder: string; readonly part: SplitName }[];
  /** What ends like a picture but is a link out of the folder, a pipe or a device. */
  readonly noFiles: readonly string[];
  readonly problems: readonly Problem[];
}

interface Place {
  /** Relative to the root, with `/`; empty for the root itself. */
  readonly folder: string;
  readonly part: SplitName | null;
}

/**
 * Finds the pictures of a folder that holds a folder for each class, at any depth within it, or folders such as `train` and `test_set`
 * that hold the class folders. Names that begin with a dot are passed over. Linked folders are not followed, linked files only where they
 * stay within the folder.
 * @param fixPath the edit that chooses another folder instead, by its path from this one
 * @throws ProblemError when there is no such folder, or no class folders with pictures in it
 */
export async function listPictures(
  folder: string,
  fixPath: FixPath | null = null,
  signal?: AbortSignal,
): Promise<PictureListing> {
  const root = await openFolder(folder);
  const { places, beside } = await placesOf(root);
  const left: { links: string[]; noFiles: string[] } = { links: [], noFiles: [] };
  const loose: string[] = [];
  const found = new Map<string, { name: string; part: SplitName | null }[]>();
  for (const { folder: place, part } of places) {
    const path = join(root, place);
    loose.push(...(await findPictures(path, root, { deep: false, signal })).pictures);
    for (const entry of await readEntries(path)) {
      if (!entry.isDirectory()) continue;
      const files = await findPictures(join(path, entry.name), root, { signal });
      left.links.push(...files.links);
      left.noFiles.push(...files.noFiles);
      const own = found.get(entry.name) ?? [];
      own.push(...files.pictures.map((name) => ({ name, part })));
      found.set(entry.name, own);
    }
  }
  const folders = [...found.keys()].sort(compareAsPython);
  const pictures = folders.flatMap((className) =>
    (found.get(className) ?? []).map((picture) => ({ ...picture, className })),
  );
  const parts = places.flatMap(({ folder: place, part }) => (part === null ? [] : [{ folder: place, part }]));
  if (pictures.length === 0) throw await noPictures(root, folders, loose, parts, fixPath);
  return {
    root,
    folders,
    pictures,
    parts,
    noFiles: [...left.links, ...left.noFiles],
    problems: [
      ...leftOutProblems(left),
      ...looseProblem(loose, parts.length > 0),
      ...besideParts(beside, parts),
      ...(parts.length > 0 ? [] : nestedProblem(pictures, fixPath)),
    ],
  };
}

/**
 * Where class folders lie: at the top, or in the folders that stand for parts. A class may be called "test": folders stand for parts where
 * all do, one of them for training; or, beside others, where that for training and another one hold several folders themselves.
 */
async function placesOf(root: string): Promise<{ places: readonly Place[]; beside: readonly string[] }> {
  const folders = await foldersIn(root);
  const named = folders.flatMap((folder) => {
    const part = partOf(folder);
    return part === null ? [] : [{ folder, part }];
  });
  const atTop = { places: [{ folder: '', part: null }], beside: [] };
  if (!named.some(({ part }) => part === 'train')) return atTop;
  const places = await Promise.all(named.map((place) => innermost(root, place)));
  const beside = folders.filter((folder) => !named.some((place) => place.folder === folder));
  if (beside.length === 0) return { places, beside };
  const holding = await Promise.all(
    places.map(async ({ folder, part }) => ((await foldersIn(join(root, folder))).length > 1 ? [part] : [])),
  );
  const parts = new Set(holding.flat());
  return parts.has('train') && parts.size > 1 ? { places, beside } : atTop;
}

/** `training_set/training_set` for `training_set`, where an unpacked archive has doubled it. */
async function innermost<T extends Place>(root: string, place: T): Promise<T> {
  const [only, ...more] = await foldersIn(join(root, place.folder));
  if (only === undefined || more.length > 0 || partOf(only) !== place.part) return place;
  return innermost(root, { ...place, folder: `${place.folder}/${only}` });
}

async function foldersIn(path: string): Promise<string[]> {
  return (await readEntries(path)).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
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
