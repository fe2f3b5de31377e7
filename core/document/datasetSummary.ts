import type { Shape } from '../tensor/index.ts';

/** What the numbers of a column are: all of the samples, whatever part they are in. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Every one is a whole number. */
  readonly whole: boolean;
}

/** The numbers a column puts into a field, as the network reads them. */
export interface FieldValues extends NumberRange {
  /** Name of the column; empty where an entry stands for many. */
  readonly column: string;
  /** The same as in the file, before scaling; absent where the network reads them as they are. */
  readonly unscaled?: NumberRange;
}

/** One tensor of a sample: what an Input node reads, or what an Output head is compared with. */
export interface DatasetField {
  readonly name: string;
  readonly role: 'input' | 'target';
  readonly shape: Shape;
  /** For a class label: the class names in index order; `shape` is then `[1]` (the index). */
  readonly classes?: readonly string[];
  /** Of numeric columns: what is in them. Absent where it is not known; class labels and one-hot columns are left out. */
  readonly values?: readonly FieldValues[];
}

/** What the design needs to know of the data. Small, plain JSON; computed by `core/data`, used by analysis. */
export interface DatasetSummary {
  readonly name: string;
  readonly kind: 'image' | 'table';
  readonly samples: number;
  readonly fields: readonly DatasetField[];
  /** Samples of the training part; absent where it is not known. */
  readonly trainingSamples?: number;
}
