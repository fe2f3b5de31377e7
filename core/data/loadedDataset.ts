import type { JsonValue } from '../json.ts';
import type { FieldData, Preprocess } from './preprocess.ts';
import type { DataDescription, Sample, SplitName } from './schema.ts';
import type { Splits } from './splitSamples.ts';

/** A dataset in memory, ready to train with. Sample indices run from 0 over the samples that were kept. */
export interface LoadedDataset {
  readonly description: DataDescription;
  /** Sample indices of each part. */
  readonly splits: Splits;
  /** Every field's values for all samples, sample after sample, already scaled. Images and tables: `features`. */
  readonly fields: Readonly<Record<string, FieldData>>;
  /** One sample to look at. `Sample.index` is its row in the source, counted from 0. */
  sampleAt(index: number): Sample;
  /** Brings new samples to the form the network reads (preprocess.ts). Throws ProblemError. */
  readonly preprocess: Preprocess;
  /** The first target's value as text: a class name for a class index, else the number. */
  targetText(value: number): string;
  /** Plain JSON from which `restorePreprocess` makes `preprocess` again. */
  readonly scaler: JsonValue;
}

/** Samples `offset`..`offset + count` of one part, or of all, to show in the Data room. */
export function previewSamples(
  dataset: LoadedDataset,
  split: SplitName | null,
  offset: number,
  count: number,
): { total: number; samples: Sample[] } {
  const total = split === null ? dataset.description.summary.samples : dataset.splits[split].length;
  const samples: Sample[] = [];
  for (let i = offset; i < Math.min(offset + count, total); i++) {
    samples.push(dataset.sampleAt(split === null ? i : (dataset.splits[split][i] ?? 0)));
  }
  return { total, samples };
}
