import type { JsonValue } from '../json.ts';
import type { Shape } from '../tensor/index.ts';
import type { SampleRecord } from './dataRecord.ts';
import type { FieldData, Preprocess } from './preprocess.ts';
import type { DataDescription, Sample, SampleId, SplitName } from './schema.ts';
import type { Splits } from './splitSamples.ts';

/**
 * A field too large to be held: samples are read from disk as they are asked for, decoded on other threads. The same indices give the
 * same values each time.
 */
export interface StreamedField {
  readonly shape: Shape;
  /** What is read is whole numbers from 0 to this; the network reads them divided by it. */
  readonly maximum: number;
  /**
   * These samples, one after the other.
   * @throws ProblemError `picture-gone` naming the file, where a sample that was there can no longer be read
   */
  read(indices: Int32Array): Promise<Uint8Array>;
}

/**
 * A dataset ready to train with. Sample indices run from 0 over the samples that were kept: they are for tensors alone. What leaves the
 * dataset to be shown, kept or looked up is a sample's identity.
 */
export interface LoadedDataset {
  readonly description: DataDescription;
  /** What a run keeps to know its samples again; absent where they cannot change. */
  readonly recordSamples?: () => Promise<SampleRecord>;
  /** Sample indices of each part. */
  readonly splits: Splits;
  /** Every field's values for all samples, sample after sample, already scaled. Images and tables: `features`. */
  readonly fields: Readonly<Record<string, FieldData>>;
  /** The fields that are too large for that. A field is in one of the two. */
  readonly streamed: Readonly<Record<string, StreamedField>>;
  /** What the sample of this index is, wherever it is shown or kept. */
  identityOf(index: number): SampleId;
  /** The index of a sample; null for what is not, or no longer, among the samples that were kept. */
  indexOf(id: SampleId): number | null;
  /** One sample to look at. Rejects when its file is gone. */
  sampleAt(index: number): Promise<Sample>;
  /** Brings new samples to the form the network reads (preprocess.ts). Throws ProblemError. */
  readonly preprocess: Preprocess;
  /** What a row is known by in these columns to a program in another language; absent where samples are no rows of a table. */
  readonly portableKeyOf?: (index: number, columns: readonly string[]) => string;
  /** The first target's value as text: a class name for a class index, else the number. */
  targetText(value: number): string;
  /** Plain JSON from which `restorePreprocess` makes `preprocess` again. */
  readonly scaler: JsonValue;
}

/** Samples `offset`..`offset + count` of one part, or of all, to show in the Data room. */
export async function previewSamples(
  dataset: LoadedDataset,
  split: SplitName | null,
  offset: number,
  count: number,
): Promise<{ total: number; samples: Sample[] }> {
  const total = split === null ? dataset.description.summary.samples : dataset.splits[split].length;
  const samples = Array.from({ length: Math.max(0, Math.min(count, total - offset)) }, (_, i) =>
    dataset.sampleAt(split === null ? offset + i : (dataset.splits[split][offset + i] ?? 0)),
  );
  return { total, samples: await Promise.all(samples) };
}

/** These samples, in the order asked for; null for what is not among those that were kept. */
export async function samplesById(dataset: LoadedDataset, ids: readonly SampleId[]): Promise<(Sample | null)[]> {
  return Promise.all(
    ids.map(async (id) => {
      const index = dataset.indexOf(id);
      return index === null ? null : dataset.sampleAt(index);
    }),
  );
}
