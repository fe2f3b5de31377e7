import { basename, dirname, isAbsolute, join } from 'node:path';
import type { DataSource } from '../../document/index.ts';
import { edit } from '../../edits.ts';
import { type Fix, type Problem, ProblemError } from '../../errors.ts';
import { findPictures, readEntries } from './findPictures.ts';
import type { ListedPicture, PictureListing } from './listPictures.ts';
import { PICTURE_ENDINGS } from './pictureEndings.ts';
import { partOf } from './pictureParts.ts';
import { nameSome } from './pictureProblems.ts';

/** The edit that chooses another folder, given from the one chosen now: `inner/folder`, or `..`. */
export type FixPath = (label: string, from: string) => Fix;

/** Fixes that change a design's folder and nothing else of its source. */
export function fixPathOf(source: Extract<DataSource, { kind: 'imageFolder' }>): FixPath {
  return (label, from) => {
    const joined = join(source.path, from);
    const path = isAbsolute(source.path) ? joined : joined.replaceAll('\\', '/');
    return { label, edit: edit('setData', { data: { source: { ...source, path } } }) };
  };
}

/** Links out of the folder, and what is no file at all. */
export function leftOutProblems(left: {
  readonly links: readonly string[];
  readonly noFiles: readonly string[];
}): Problem[] {
  const problems: Problem[] = [];
  const count = left.links.length;
  if (count > 0) {
    const one = count === 1;
    problems.push({
      code: 'picture-link',
      severity: 'warning',
      title: 'Link out of the folder',
      message: `${one ? '1 link leads' : `${count.toLocaleString('en')} links lead`} out of the folder or nowhere and ${one ? 'is' : 'are'} left out: ${nameSome(left.links)}. Put the ${one ? 'picture itself' : 'pictures themselves'} there.`,
      facts: { files: left.links.slice(0, 100), count },
    });
  }
  if (left.noFiles.length > 0) {
    const one = left.noFiles.length === 1;
    problems.push({
      code: 'picture-no-file',
      severity: 'warning',
      title: 'No file',
      message: `${nameSome(left.noFiles)} ${one ? 'is' : 'are'} called like ${one ? 'a picture, but is a pipe, a socket or a device' : 'pictures, but are pipes, sockets or devices'}, and left out. Remove ${one ? 'it' : 'them'}.`,
      facts: { files: left.noFiles.slice(0, 100), count: left.noFiles.length },
    });
  }
  return problems;
}

/** Pictures in no class folder. */
export function looseProblem(loose: readonly string[], parts: boolean): Problem[] {
  if (loose.length === 0) return [];
  const one = loose.length === 1;
  return [
    {
      code: 'picture-loose',
      severity: 'warning',
      title: 'Pictures without a class',
      message: `${one ? '1 picture lies' : `${loose.length.toLocaleString('en')} pictures lie`} beside the class folders${parts ? ' of a part' : ''}, so ${one ? 'its class is' : 'their classes are'} not known: ${nameSome(loose)}. ${one ? 'It is' : 'They are'} left out. Move ${one ? 'it' : 'them'} into the folder of a class.`,
      facts: { files: loose.slice(0, 100), count: loose.length },
    },
  ];
}

/** Folders beside `train` and `test` that are no parts. */
export function besideParts(beside: readonly string[], parts: PictureListing['parts']): Problem[] {
  if (beside.length === 0) return [];
  const one = beside.length === 1;
  return [
    {
      code: 'folder-beside-parts',
      severity: 'warning',
      title: 'Folder left out',
      message: `${nameSome(parts.map(({ folder }) => folder))} hold the parts of the data, so ${nameSome(beside)} beside them ${one ? 'is' : 'are'} left out. If ${one ? 'it is a class' : 'they are classes'}, put ${one ? 'it' : 'them'} into the folders of the parts.`,
      facts: { folders: [...beside] },
    },
  ];
}

/** The folder that holds all pictures, further in than the chosen one; null where pictures lie in several or right in it. */
export function outerFolder(pictures: readonly Pick<ListedPicture, 'name'>[]): string | null {
  const folders = pictures.map(({ name }) => name.split('/').slice(0, -1));
  const [first = []] = folders;
  let shared = first.length;
  for (const folder of folders) {
    let same = 0;
    while (same < shared && folder[same] === first[same]) same++;
    shared = same;
  }
  // A folder with pictures of its own is a class, not what holds classes.
  if (shared === 0 || folders.some((folder) => folder.length === shared)) return null;
  return first.slice(0, shared).join('/');
}

/** Class folders that all hold the same folders: classes, or parts, seem to lie one level further down. */
export function nestedProblem(pictures: readonly ListedPicture[], fixPath: FixPath | null): Problem[] {
  const inner = new Map<string, Set<string>>();
  for (const { name, className } of pictures) {
    const [, sub, file] = name.split('/');
    if (sub === undefined || file === undefined) return [];
    inner.set(className, (inner.get(className) ?? new Set()).add(sub));
  }
  const sets = [...inner].map(([, subs]) => [...subs].sort());
  const [first = []] = sets;
  if (sets.length < 2 || first.length < 2 || sets.some((subs) => subs.join('/') !== first.join('/'))) return [];
  const outer = [...inner.keys()];
  const facts = { folders: outer.slice(0, 100), inner: first.slice(0, 100) };
  if (first.every((name) => partOf(name) !== null))
    return [
      {
        code: 'parts-inside-classes',
        severity: 'warning',
        title: 'Parts inside classes',
        message: `Each of ${nameSome(outer)} holds folders ${nameSome(first)}. Read as they lie, these are no parts: their pictures are shared out anew by the fractions. To keep the parts, turn it round: ${nameSome(first)} outside, each with the class folders inside.`,
        facts,
      },
    ];
  return [
    {
      code: 'classes-further-down',
      severity: 'warning',
      title: 'Classes further down?',
      message: `Each of ${nameSome(outer)} holds the same folders ${nameSome(first)}. As it is, the network learns to tell ${nameSome(outer)} apart. If the classes are ${nameSome(first)}, choose one of the outer folders.`,
      facts,
      ...(fixPath === null ? {} : { fixes: outer.slice(0, 3).map((name) => fixPath(`Use “${name}”`, name)) }),
    },
  ];
}

/** Why there is nothing to read, and where it may be. */
export async function noPictures(
  root: string,
  folders: readonly string[],
  loose: readonly string[],
  parts: PictureListing['parts'],
  fixPath: FixPath | null,
): Promise<ProblemError> {
  const name = basename(root);
  const known = PICTURE_ENDINGS.map((ending) => ending.slice(1)).join(', ');
  const error = (code: string, title: string, message: string, fixes: readonly Fix[] = []): ProblemError =>
    new ProblemError({
      code,
      title,
      message,
      facts: { path: root, folders: [...folders] },
      ...(fixes.length > 0 ? { fixes } : {}),
    });
  if (loose.length > 0 && parts.length > 0)
    return error(
      'no-class-folders',
      'No class folders',
      `${nameSome(parts.map(({ folder }) => folder))} hold pictures, but no folders for the classes, so it is not known what the pictures show. Put those of each class in a folder of their own, inside each part.`,
    );
  if (loose.length > 0) {
    const parent = basename(dirname(root));
    const fixes =
      fixPath !== null && (await besideWithPictures(root)) ? [fixPath(`Use “${parent}” around it`, '..')] : [];
    return error(
      'no-class-folders',
      'No class folders',
      `“${name}” holds pictures, but no folders for the classes. ${fixes.length > 0 ? `It looks like the folder of one class: “${parent}”, which it lies in, holds others with pictures too. Choose that one` : 'Choose the folder around it, or put the pictures of each class in a folder of their own inside'}.`,
      fixes,
    );
  }
  if (folders.length === 0)
    return error(
      'no-class-folders',
      'No class folders',
      `“${name}” has no folders in it. It must hold one folder for each class, named like the class, with that class's pictures inside.`,
    );
  const one = folders.length === 1;
  return error(
    'no-pictures',
    'No pictures',
    `The ${one ? 'folder' : `${folders.length} folders`} in “${name}” ${one ? 'holds' : 'hold'} no pictures (${known}). Each class needs a folder of its own with its pictures inside.`,
  );
}

/** Whether a folder next to this one holds pictures. */
async function besideWithPictures(root: string): Promise<boolean> {
  const parent = dirname(root);
  if (parent === root) return false;
  try {
    // Looks at a few, one level deep: this is a guess, not a search.
    const folders = (await readEntries(parent)).filter((entry) => entry.isDirectory() && entry.name !== basename(root));
    for (const folder of folders.slice(0, 20)) {
      const { pictures } = await findPictures(join(parent, folder.name), parent, { deep: false });
      if (pictures.length > 0) return true;
    }
  } catch {
    // A parent that may not be looked into is not offered.
  }
  return false;
}
