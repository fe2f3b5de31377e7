import { type Column, cellIsMissing, cellNumber, cellText } from '../csv/column.ts';

/** What one pass over a column tells. Rows are counted from 0. */
export interface ColumnFacts {
  readonly missing: number;
  readonly numbers: number;
  /** Cells with something in them that is no number. */
  readonly texts: number;
  readonly firstText: { readonly row: number; readonly text: string } | null;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Every number is whole. */
  readonly whole: boolean;
  /** Rows by value, missing ones left out. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Distinct values are counted up to here: beyond it, that there are many is all that matters. */
const DISTINCT_LIMIT = 100_000;

export function columnFacts(column: Column): ColumnFacts {
  const counts = new Map<string, number>();
  let missing = 0;
  let numbers = 0;
  let texts = 0;
  let firstText: ColumnFacts['firstText'] = null;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let mean = 0;
  let whole = true;
  for (let row = 0; row < column.length; row++) {
    if (cellIsMissing(column, row)) {
      missing++;
      continue;
    }
    const text = cellText(column, row);
    const seen = counts.get(text);
    if (seen !== undefined || counts.size < DISTINCT_LIMIT) counts.set(text, (seen ?? 0) + 1);
    const value = cellNumber(column, row);
    if (Number.isNaN(value)) {
      firstText ??= { row, text };
      texts++;
      continue;
    }
    numbers++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    mean += (value - mean) / numbers;
    whole &&= Number.isInteger(value);
  }
  return { missing, numbers, texts, firstText, min, max, mean, whole, counts };
}
