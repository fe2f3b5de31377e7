/** The part of the program that brings the data in. */
export interface DataCode {
  /** Modules of Python's own library, as import lines. */
  readonly standardImports: readonly string[];
  /** Other modules, as import lines. */
  readonly imports: readonly string[];
  /** Names the program must have installed, for `pip install`. */
  readonly packages: readonly string[];
  readonly constants: readonly string[];
  /** One entry a function. */
  readonly functions: readonly (readonly string[])[];
  /** Lines of `main`, four spaces in, that set `train`, `validation`, `test` and whatever `inputs` and `targets` read. */
  readonly load: readonly string[];
  /** Python for what the Input node of this index reads, all samples. */
  input(index: number): string;
  /** Python for the target of this field (empty: the only one), all samples: class indices or numbers. */
  target(field: string, index: number): string;
  /**
   * The program has a function `batches(files, targets, shuffle)`: `features` are file names, and what is trained on comes from disk as it
   * goes on.
   */
  readonly batched?: boolean;
  /** The parts are those of a run, written down beside the program: it deals nothing out. */
  readonly dealt?: boolean;
  /** Number of classes of that target; null for regression. */
  classes(field: string): number | null;
}

export function lines(text: string): string[] {
  return text.split('\n');
}
