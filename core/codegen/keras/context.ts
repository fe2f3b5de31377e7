import type { DataLayout, DataSource, DatasetSummary } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';

/** What was read of a design's data. A data description holds all of it. */
export interface ReadData {
  readonly summary: DatasetSummary;
  /** How many samples each part has. */
  readonly splits: { readonly train: number; readonly validation: number; readonly test: number };
  /** Of data in files, where nothing stands in the way of training with them. */
  readonly layout?: DataLayout | undefined;
  readonly problems: readonly Problem[];
}

/** What a run adds to its program. */
export interface ProgramOfRun {
  /**
   * Name of the file beside the program that says which sample was in which part: rows by their key, pictures by path and digest.
   * Null: the program deals the samples out itself.
   */
  readonly partsFile: string | null;
  /** Nobody recorded its parts: the program says that it deals out what it finds. */
  readonly unrecorded?: boolean;
}

/**
 * The table of Layerloom's own that a program reads from a file beside it, called `<id>.csv`; null where it needs none: other built-in
 * data come with scikit-learn, or are a line of code.
 */
export function tableBeside(source: DataSource): 'penguins' | null {
  return source.kind === 'builtin' && source.id === 'penguins' ? source.id : null;
}
