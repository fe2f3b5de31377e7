import { cellNumber, cellText } from '../csv/column.ts';
import type { Table } from '../csv/readCsv.ts';
import type { LoadedDataset } from '../loadedDataset.ts';
import { createPreprocess, type FieldData } from '../preprocess.ts';
import type { TableScaler } from '../scaler.ts';
import type { DataDescription, Sample } from '../schema.ts';
import type { Splits } from '../splitSamples.ts';
import type { ChosenColumn } from './chooseColumns.ts';
import { portableRowKey } from './portableRowKey.ts';
import { recordTable } from './recordTable.ts';

export interface TableParts {
  /** As in the file: what who looks at a row sees. */
  readonly table: Table;
  readonly description: DataDescription;
  readonly splits: Splits;
  readonly fields: Readonly<Record<string, FieldData>>;
  readonly columns: readonly ChosenColumn[];
  /** The row of each sample, ascending. */
  readonly rows: Int32Array;
  readonly scaler: TableScaler;
}

/** A table that has been read, encoded and split, as a dataset. */
export function tableDataset({ table, description, splits, fields, columns, rows, scaler }: TableParts): LoadedDataset {
  const [target] = scaler.targets;
  const targetColumn = columns.find((column) => column.name === target?.column)?.column;
  const targetKind = target?.classes === null ? 'numeric' : 'categorical';
  return {
    description,
    splits,
    fields,
    streamed: {},
    identityOf: (index) => rows[index] ?? 0,
    indexOf: (id) => (typeof id === 'number' ? placeOf(rows, id) : null),
    sampleAt: async (index): Promise<Sample> => {
      const row = rows[index] ?? 0;
      let text = '';
      if (targetColumn !== undefined) {
        text = targetKind === 'numeric' ? String(cellNumber(targetColumn, row)) : cellText(targetColumn, row);
      }
      const cells = Object.fromEntries(table.columns.map((column) => [column.name, cellText(column, row)]));
      return { id: row, target: text, image: null, row: cells };
    },
    preprocess: createPreprocess(scaler),
    portableKeyOf: (index, names) =>
      portableRowKey(
        names.flatMap((name) => columns.find((column) => column.name === name) ?? []),
        rows[index] ?? 0,
      ),
    targetText: (value) =>
      target?.classes ? (target.classes[Math.round(value)] ?? '') : String(Number(value.toPrecision(7))),
    scaler,
    recordSamples: async () => recordTable(columns, rows, splits),
  };
}

/** Where a number stands among ascending ones, by bisection; null where it does not. */
function placeOf(ascending: Int32Array, wanted: number): number | null {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = ascending[middle] ?? 0;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}
