import type { DataSettings } from '../../document/index.ts';
import { shuffledIndices } from '../random.ts';
import type { SplitName } from '../schema.ts';
import { type Splits, splitSamples } from '../splitSamples.ts';
import type { ListedPicture, PictureListing } from './listPictures.ts';

type SplitSettings = DataSettings['split'];

/** The settings with no fraction for the parts that have folders of their own. */
export function effectiveFractions(parts: PictureListing['parts'], split: SplitSettings): SplitSettings {
  const has = (part: SplitName): boolean => parts.some((one) => one.part === part);
  return { ...split, validation: has('validation') ? 0 : split.validation, test: has('test') ? 0 : split.test };
}

/**
 * Which pictures are for what: as their folders say, the rest by the fractions. The parts are in a random order that follows from the
 * seed, so that their first samples show all classes.
 */
export function splitPictures(
  pictures: readonly Pick<ListedPicture, 'part'>[],
  labels: Float32Array,
  { validation, test, seed, stratify }: SplitSettings,
): Splits {
  const placed = (part: SplitName): Int32Array => {
    const own = Int32Array.from(pictures.flatMap((picture, i) => (picture.part === part ? [i] : [])));
    return shuffledIndices(own.length, seed).map((at) => own[at] ?? 0);
  };
  // By number: those that lie in a folder `train`, or in none.
  const open = Int32Array.from(pictures.flatMap(({ part }, i) => (part === null || part === 'train' ? [i] : [])));
  const ownLabels = open.map((index) => labels[index] ?? 0);
  const dealt = splitSamples({ count: open.length, labels: stratify ? ownLabels : null, validation, test, seed });
  const indices = (part: SplitName): Int32Array => dealt[part].map((at) => open[at] ?? 0);
  const both = (part: 'validation' | 'test'): Int32Array => Int32Array.from([...placed(part), ...indices(part)]);
  return { train: indices('train'), validation: both('validation'), test: both('test') };
}
