import { type Problem, ProblemError } from '../../errors.ts';
import { type Column, cellIsMissing, cellNumber, cellText } from '../csv/column.ts';
import type { Table } from '../csv/readCsv.ts';
import { compareNaturally } from '../naturalOrder.ts';
import { encodeCell, type FieldData } from '../preprocess.ts';
import { type FeatureColumn, featureWidth, type Target } from '../scaler.ts';
import type { Splits } from '../splitSamples.ts';
import type { ChosenColumn } from './chooseColumns.ts';

export type MissingPolicy = 'dropRow' | 'meanOrMode' | 'error';
export type Scaling = 'none' | 'standardise' | 'minmax';

/** 2 GiB of float32: what a typed array and a backend's buffer surely hold. */
const MAX_VALUES = 2 ** 29;

/** Whether a cell can be used as its column's kind says. */
function usable(column: Column, kind: ChosenColumn['kind'], row: number): boolean {
  return kind === 'numeric' ? !Number.isNaN(cellNumber(column, row)) : !cellIsMissing(column, row);
}

/**
 * The rows to train with. A row without a target is always left out, since a made-up target would be learnt.
 * @returns rows of the table, ascending, and what was left out and why; a problem of severity `error` where the policy forbids it
 */
export function keepRows(
  table: Table,
  columns: readonly ChosenColumn[],
  policy: MissingPolicy,
): { rows: Int32Array; problems: Problem[] } {
  const used = columns.filter((column) => column.role !== 'ignore');
  const rows = new Int32Array(table.rows);
  const gaps = new Map<string, number>();
  let first: { column: string; row: number; text: string } | null = null;
  let kept = 0;
  for (let row = 0; row < table.rows; row++) {
    let keep = true;
    for (const { index, name, role, kind } of used) {
      const column = table.columns[index];
      if (column === undefined || usable(column, kind, row)) continue;
      first ??= { column: name, row: row + 1, text: cellText(column, row) };
      if (role === 'feature' && policy === 'meanOrMode') continue;
      gaps.set(name, (gaps.get(name) ?? 0) + 1);
      keep = false;
    }
    if (keep) rows[kept++] = row;
  }
  const dropped = table.rows - kept;
  if (dropped === 0 || first === null) return { rows: rows.subarray(0, kept), problems: [] };
  const where = [...gaps]
    .map(([name, count]) => `${name} ${count}`)
    .slice(0, 10)
    .join(', ');
  const left = `${table.rows === 1 ? 'row' : 'rows'} ${dropped === 1 ? 'has' : 'have'}`;
  if (policy === 'error') {
    const message = `${dropped} of ${table.rows} ${left} missing values (${where}); the first is “${first.column}” in row ${first.row}. Fill them in, or choose to leave such rows out or to fill them with the mean or the most frequent value.`;
    return {
      rows: rows.subarray(0, 0),
      problems: [
        {
          code: 'missing-values',
          severity: 'error',
          title: 'Missing values',
          message,
          facts: { rows: dropped, ...first },
        },
      ],
    };
  }
  if (kept === 0) {
    const message = `Every one of the ${table.rows} rows has a missing value (${where}), so no row is left to train with. Choose to fill missing values, or leave out the columns that are mostly empty.`;
    return {
      rows: rows.subarray(0, 0),
      problems: [{ code: 'no-rows-left', severity: 'error', title: 'No rows left', message, facts: { rows: dropped } }],
    };
  }
  const reason = policy === 'dropRow' ? 'missing values' : 'no target';
  const message = `${dropped} of ${table.rows} ${left} ${reason} (${where}) and ${dropped === 1 ? 'is' : 'are'} left out; ${kept} remain.`;
  return {
    rows: rows.subarray(0, kept),
    problems: [
      { code: 'rows-dropped', severity: 'warning', title: 'Rows left out', message, facts: { dropped, kept } },
    ],
  };
}

/** Targets of the kept rows: the class index (classes in natural order), or the number itself, never scaled. */
export function encodeTargets(
  table: Table,
  columns: readonly ChosenColumn[],
  rows: Int32Array,
): { targets: Target[]; fields: Record<string, FieldData> } {
  const chosen = columns.filter((column) => column.role === 'target');
  const categorical = chosen.filter((column) => column.kind === 'categorical');
  const fields: Record<string, FieldData> = {};
  const targets = chosen.map(({ name, index, kind }): Target => {
    const column = table.columns[index];
    const classes = kind === 'categorical' ? distinctValues(column, rows) : null;
    const wanted = kind === 'categorical' && categorical.length === 1 ? 'label' : name;
    // An own column called like the input field, or a second `label`, gets a name of its own.
    let field = wanted;
    for (let n = 2; field === 'features' || Object.hasOwn(fields, field); n++) field = `${wanted}_${n}`;
    const indices = new Map(classes?.map((value, i) => [value, i]));
    const data = Float32Array.from(rows, (row) => {
      if (column === undefined) return 0;
      return classes === null ? cellNumber(column, row) : (indices.get(cellText(column, row)) ?? 0);
    });
    fields[field] = { data, shape: [1] };
    return { field, column: name, classes };
  });
  return { targets, fields };
}

/** The classes that have samples left, in natural order. */
function distinctValues(column: Column | undefined, rows: Int32Array): string[] {
  const values = new Set<string>();
  if (column !== undefined) for (const row of rows) values.add(cellText(column, row));
  return [...values].sort(compareNaturally);
}

/**
 * Learns scaling and fill values of the features from the training part alone, so that nothing of the other parts leaks into
 * it. The list of categories comes from all rows: it is what the columns mean, and the network's width must not hang on the seed.
 */
export function fitFeatures(
  table: Table,
  columns: readonly ChosenColumn[],
  rows: Int32Array,
  train: Splits['train'],
  scaling: Scaling,
  policy: MissingPolicy,
): FeatureColumn[] {
  const trainRows = Int32Array.from(train, (sample) => rows[sample] ?? 0);
  return columns
    .filter((column) => column.role === 'feature')
    .map(({ name, index, kind, facts, unit, markers }): FeatureColumn => {
      const column = table.columns[index];
      if (kind === 'categorical') {
        const values = [...facts.counts.keys()].sort(compareNaturally);
        const fill = policy === 'meanOrMode' ? mostFrequent(column, trainRows, values) : null;
        return { name, kind, values, fill };
      }
      const { mean, deviation, min, max } = statistics(column, trainRows);
      const fill = policy === 'meanOrMode' ? mean : null;
      const written = {
        ...(unit === '' ? {} : { unit }),
        ...(markers.length === 0 ? {} : { missing: markers.map(({ text }) => text) }),
      };
      if (scaling === 'none') return { name, kind, subtract: 0, divide: 1, fill, ...written };
      // A column that is constant in the training part becomes 0 there, not 0/0.
      if (scaling === 'minmax') return { name, kind, subtract: min, divide: max - min || 1, fill, ...written };
      return { name, kind, subtract: mean, divide: deviation || 1, fill, ...written };
    });
}

export function encodeFeatures(table: Table, features: readonly FeatureColumn[], rows: Int32Array): FieldData {
  const width = featureWidth(features);
  if (width * rows.length > MAX_VALUES) {
    throw new ProblemError({
      code: 'data-too-large',
      title: 'Too much data',
      message: `${rows.length.toLocaleString('en')} rows of ${width.toLocaleString('en')} features are ${(width * rows.length).toLocaleString('en')} numbers; at most ${MAX_VALUES.toLocaleString('en')} fit. Leave out categorical columns with many values, or use fewer rows.`,
      facts: { rows: rows.length, width, limit: MAX_VALUES },
    });
  }
  const data = new Float32Array(width * rows.length);
  const sources = features.map((feature) => table.columns.find((column) => column.name === feature.name));
  let offset = 0;
  for (const row of rows) {
    for (const [f, feature] of features.entries()) {
      const column = sources[f];
      const given = column !== undefined && usable(column, feature.kind, row);
      const raw = given ? (feature.kind === 'numeric' ? cellNumber(column, row) : cellText(column, row)) : feature.fill;
      offset = encodeCell(feature, raw ?? '', data, offset);
    }
  }
  return { data, shape: [width] };
}

/** Of the numbers there are; the deviation is that of a population (n, not n - 1), as in scikit-learn's StandardScaler. */
function statistics(column: Column | undefined, rows: Int32Array) {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = column === undefined ? Number.NaN : cellNumber(column, row);
    if (Number.isNaN(value)) continue;
    count++;
    // Welford's update: no cancellation for large, close values.
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (count === 0) return { mean: 0, deviation: 0, min: 0, max: 0 };
  return { mean, deviation: Math.sqrt(squares / count), min, max };
}

function mostFrequent(column: Column | undefined, rows: Int32Array, values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  if (column !== undefined) {
    for (const row of rows) {
      if (cellIsMissing(column, row)) continue;
      const text = cellText(column, row);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const ranked = [...values].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return ranked[0] ?? null;
}
