/**
 * The cells of one column, compactly: a number where the cell is one, and its text only where the number would not print the
 * same (names, `5.10`, `007`, `NA`). Twelve bytes a cell, so that a file near the size limit fits in memory.
 */
export interface Column {
  readonly name: string;
  readonly length: number;
  /** The number in each row; NaN where the cell holds none. */
  readonly numbers: Float64Array;
  /** Index into `dictionary`, or -1 where the text is that of the number. */
  readonly texts: Int32Array;
  readonly dictionary: readonly string[];
  /** Which dictionary entries stand for "no value". */
  readonly missing: readonly boolean[];
}

/** The cell as in the file, without blanks around it. */
export function cellText(column: Column, row: number): string {
  const text = column.texts[row] ?? -1;
  return text >= 0 ? (column.dictionary[text] ?? '') : String(column.numbers[row] ?? '');
}

/** NaN where the cell holds no number. */
export function cellNumber(column: Column, row: number): number {
  return column.numbers[row] ?? Number.NaN;
}

export function cellIsMissing(column: Column, row: number): boolean {
  const text = column.texts[row] ?? -1;
  return text >= 0 && (column.missing[text] ?? false);
}

/** Collects a column cell by cell. */
export class ColumnBuilder {
  #length = 0;
  #numbers = new Float64Array(256);
  #texts = new Int32Array(256);
  readonly #dictionary: string[] = [];
  readonly #missing: boolean[] = [];
  readonly #ids = new Map<string, number>();
  readonly #read: (text: string) => number;
  readonly #isMissing: (text: string) => boolean;

  /** @param read the number in a cell, or NaN */
  constructor(read: (text: string) => number, isMissing: (text: string) => boolean) {
    this.#read = read;
    this.#isMissing = isMissing;
  }

  push(cell: string): void {
    if (this.#length === this.#numbers.length) {
      const numbers = new Float64Array(this.#length * 2);
      const texts = new Int32Array(this.#length * 2);
      numbers.set(this.#numbers);
      texts.set(this.#texts);
      this.#numbers = numbers;
      this.#texts = texts;
    }
    const text = cell.trim();
    const value = this.#read(text);
    this.#numbers[this.#length] = value;
    this.#texts[this.#length] = !Number.isNaN(value) && String(value) === text ? -1 : this.#idOf(text);
    this.#length++;
  }

  build(name: string): Column {
    return {
      name,
      length: this.#length,
      numbers: this.#numbers.subarray(0, this.#length),
      texts: this.#texts.subarray(0, this.#length),
      dictionary: this.#dictionary,
      missing: this.#missing,
    };
  }

  #idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#dictionary.length;
    this.#ids.set(text, id);
    this.#dictionary.push(text);
    this.#missing.push(this.#isMissing(text));
    return id;
  }
}
