import type { DataSettings, FolderLayout } from '../../document/index.ts';
import type { ListedPicture, PictureListing } from './listPictures.ts';
import { OTHER_ENDINGS, PICTURE_ENDINGS } from './pictureEndings.ts';
import type { PictureForm } from './pictureJob.ts';

/**
 * Where a folder's pictures are, and what is made of them.
 * @param used those that can be used
 * @param split the fractions that are dealt out
 */
export function folderLayout(
  listing: PictureListing,
  used: readonly ListedPicture[],
  classes: readonly string[],
  form: PictureForm,
  { validation, test }: DataSettings['split'],
): FolderLayout {
  const names = new Set(used.map(({ name }) => name));
  const endings = [
    ...PICTURE_ENDINGS,
    ...OTHER_ENDINGS.filter((ending) => used.some(({ name }) => ends(name, ending))),
  ];
  const others = [...listing.pictures.map(({ name }) => name).filter((name) => !names.has(name)), ...listing.noFiles];
  return {
    kind: 'pictures',
    path: listing.root,
    classes,
    parts: listing.parts,
    endings,
    leftOut: others.filter((name) => endings.some((ending) => ends(name, ending))),
    form,
    fractions: { validation, test },
  };
}

function ends(name: string, ending: string): boolean {
  return name.toLowerCase().endsWith(ending);
}
