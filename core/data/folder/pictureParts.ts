import type { SplitName } from '../schema.ts';

/** Words that folders of parts are called by, as single words: `train`, `Testing`, `dev`. */
const PART_WORDS: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  validate: 'validation',
  dev: 'validation',
  development: 'validation',
  eval: 'validation',
  test: 'test',
  testing: 'test',
  tst: 'test',
  holdout: 'test',
};

/** Words that may stand beside them and say nothing: `training_set`, `train-images`, `seg_test`, `ValData`. */
const FILLERS = 'sets?|data|datasets?|images?|imgs?|pictures?|pics?|photos?|seg|split|samples?|folder|files?|part';
const WORDS = new RegExp(
  `^(?:${FILLERS})?(${Object.keys(PART_WORDS)
    .sort((a, b) => b.length - a.length)
    .join('|')})(?:${FILLERS})?$`,
);
const FILLER = new RegExp(`^(?:${FILLERS})$`);

/** The part a folder of this name stands for, if all its folders do; null for any other name. */
export function partOf(folder: string): SplitName | null {
  const words = folder
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    // A year or a number of pictures: `val2017`.
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !FILLER.test(word));
  const [only, ...more] = words;
  if (only === undefined || more.length > 0) return null;
  const word = WORDS.exec(only)?.[1];
  return word === undefined ? null : (PART_WORDS[word] ?? null);
}
