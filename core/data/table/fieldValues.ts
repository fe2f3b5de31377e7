import type { FieldValues, NumberRange } from '../../document/index.ts';
import { cellNumber } from '../csv/column.ts';
import type { Table } from '../csv/readCsv.ts';
import type { FieldData } from '../preprocess.ts';
import type { FeatureColumn, Target } from '../scaler.ts';

/** Columns told of one by one; those behind them are put together, so that a summary stays small. */
const TOLD_APART = 200;

/** What the numeric columns of a table put into its features: the design is checked against it (an Embedding wants whole numbers). */
export function featureValues(
  table: Table,
  features: readonly FeatureColumn[],
  rows: Int32Array,
  { data, shape }: FieldData,
): FieldValues[] {
  const [width = 0] = shape;
  const known: FieldValues[] = [];
  let place = 0;
  for (const feature of features) {
    const at = place;
    place += feature.kind === 'numeric' ? 1 : feature.values.length;
    if (feature.kind !== 'numeric') continue;
    const column = table.columns.find(({ name }) => name === feature.name);
    const scaled = feature.subtract !== 0 || feature.divide !== 1;
    const read = rangeOf(rows.length, (sample) => data[sample * width + at] ?? 0);
    const fill = feature.fill ?? 0;
    const unscaled = rangeOf(rows.length, (sample) => {
      const value = column === undefined ? Number.NaN : cellNumber(column, rows[sample] ?? 0);
      return Number.isNaN(value) ? fill : value;
    });
    add(known, { column: feature.name, ...read, ...(scaled && { unscaled }) });
  }
  return known;
}

/** What a numeric target is; nothing for classes. */
export function targetValues({ column, classes }: Target, data: ArrayLike<number>): FieldValues[] {
  return classes === null ? [{ column, ...rangeOf(data.length, (sample) => data[sample] ?? 0) }] : [];
}

function add(known: FieldValues[], next: FieldValues): void {
  const last = known[TOLD_APART];
  if (last === undefined) known.push(known.length < TOLD_APART ? next : { ...next, column: '' });
  else {
    const unscaled = together(last.unscaled ?? last, next.unscaled ?? next);
    known[TOLD_APART] = {
      ...together(last, next),
      column: '',
      ...((last.unscaled ?? next.unscaled) !== undefined && { unscaled }),
    };
  }
}

function together(a: NumberRange, b: NumberRange): NumberRange {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), whole: a.whole && b.whole };
}

function rangeOf(count: number, valueAt: (sample: number) => number): NumberRange {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (let sample = 0; sample < count; sample++) {
    const value = valueAt(sample);
    if (value < min) min = value;
    if (value > max) max = value;
    whole &&= Number.isInteger(value);
  }
  return { min, max, whole };
}
