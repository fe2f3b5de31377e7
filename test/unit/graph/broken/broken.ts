import type { DatasetSummary, LoomDocument } from '../../../../core/document/index.ts';

/** A graph with something wrong in it, and what is said of it. */
export interface Broken {
  readonly title: string;
  readonly code: string;
  readonly document: LoomDocument;
  readonly dataset: DatasetSummary | null;
  /** The sentence, or a part of it. */
  readonly says: string;
  /** Label of the first fix; null where there is nothing one click could do. */
  readonly fix: string | null;
}
