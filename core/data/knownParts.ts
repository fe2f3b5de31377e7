import type { DataRecord } from './dataRecord.ts';
import type { SampleMatch } from './matchSamples.ts';
import type { SplitName } from './schema.ts';
import type { Splits } from './splitSamples.ts';

/** The parts as a run dealt its samples out, of those that are still there, in the same order. */
export function knownParts(
  parts: NonNullable<DataRecord['samples']>['parts'],
  { found }: Pick<SampleMatch, 'found'>,
): Splits {
  const still = (part: SplitName): Int32Array =>
    Int32Array.from(
      parts[part].flatMap((sample) => {
        const place = found[sample] ?? -1;
        return place < 0 ? [] : [place];
      }),
    );
  return { train: still('train'), validation: still('validation'), test: still('test') };
}
