import type { DataSettings } from '../document/index.ts';
import { listPictures } from './folder/listPictures.ts';
import { checkPictures } from './folder/openImageFolder.ts';
import { OTHER_ENDINGS, PICTURE_ENDINGS } from './folder/pictureEndings.ts';
import type { PictureForm } from './folder/pictureJob.ts';
import { effectiveFractions } from './folder/splitPictures.ts';
import { resolveDataPath } from './readDataFile.ts';
import type { SplitName } from './schema.ts';

/** What another program needs to read a folder of pictures alike. */
export interface FolderLayout {
  /** Absolute path. */
  readonly path: string;
  /** Class folders in the order of their numbers. */
  readonly classes: readonly string[];
  /** Folders that stand for parts, in the order in which a class's pictures are listed; empty where fractions alone decide. */
  readonly parts: readonly { readonly folder: string; readonly part: SplitName }[];
  /** Endings, in lower case, of the files to read: the usual ones, and any other that a usable picture has. */
  readonly endings: readonly string[];
  /** Files, relative to the folder and with `/`, that end so and are none that can be used. */
  readonly leftOut: readonly string[];
  readonly form: PictureForm;
  /** The fractions that are dealt out: 0 for a part that has a folder. */
  readonly split: DataSettings['split'];
}

/**
 * The layout of the folder a design reads; null when it reads none.
 * @throws ProblemError when the folder is not there or holds no pictures
 */
export async function readFolderLayout(settings: DataSettings, baseDir: string | null): Promise<FolderLayout | null> {
  const { source } = settings;
  if (source.kind !== 'imageFolder') return null;
  const listing = await listPictures(resolveDataPath(source.path, baseDir));
  const { usable, form } = await checkPictures(listing, source, settings, { pixels: false }, 0);
  const used = new Set(usable.pictures.map(({ name }) => name));
  const endings = [
    ...PICTURE_ENDINGS,
    ...OTHER_ENDINGS.filter((ending) => [...used].some((name) => ends(name, ending))),
  ];
  const others = [...listing.pictures.map(({ name }) => name).filter((name) => !used.has(name)), ...listing.noFiles];
  return {
    path: listing.root,
    classes: listing.folders.filter((folder) => usable.pictures.some(({ className }) => className === folder)),
    parts: listing.parts,
    endings,
    leftOut: others.filter((name) => endings.some((ending) => ends(name, ending))),
    form,
    split: effectiveFractions(listing.parts, settings.split),
  };
}

function ends(name: string, ending: string): boolean {
  return name.toLowerCase().endsWith(ending);
}
