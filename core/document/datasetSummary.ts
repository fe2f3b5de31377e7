import type { Shape } from '../tensor/index.ts';

/** One tensor of a sample: what an Input node reads, or what an Output head is compared with. */
export interface DatasetField {
  readonly name: string;
  readonly role: 'input' | 'target';
  readonly shape: Shape;
  /** For a class label: the class names in index order; `shape` is then `[1]` (the index). */
  readonly classes?: readonly string[];
}

/** What the design needs to know of the data. Small, plain JSON; computed by `core/data`, used by analysis. */
export interface DatasetSummary {
  readonly name: string;
  readonly kind: 'image' | 'table';
  readonly samples: number;
  readonly fields: readonly DatasetField[];
}
