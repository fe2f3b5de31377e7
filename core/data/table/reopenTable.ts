import { ProblemError } from '../../errors.ts';
import { cellNumber, cellText } from '../csv/column.ts';
import type { Table } from '../csv/readCsv.ts';
import type { DataChanges } from '../dataChanges.ts';
import type { DataRecord, TableRecord } from '../dataRecord.ts';
import { classBalance } from '../describeSplits.ts';
import { knownParts } from '../knownParts.ts';
import type { LoadedDataset } from '../loadedDataset.ts';
import { matchSamples } from '../matchSamples.ts';
import type { FieldData } from '../preprocess.ts';
import type { TableScaler } from '../scaler.ts';
import type { DataDescription } from '../schema.ts';
import { chooseColumns } from './chooseColumns.ts';
import { encodeFeatures, keepRows, type MissingPolicy } from './encodeTable.ts';
import { recordedColumns } from './recordedColumns.ts';
import { rowKeys } from './recordTable.ts';
import { checkColumnsThere, checkKinds } from './schemaFits.ts';
import { summariseColumn } from './summariseColumn.ts';
import { tableDataset } from './tableDataset.ts';
import { type TableFile, tableLayout } from './tableLayout.ts';

/**
 * A table as a run learnt it, from the file as it is now: columns by their names and with the roles and kinds they had, classes in their
 * order, numbers scaled as they were, and each known row in its part. New and changed rows are in no part.
 * @throws ProblemError `data-schema` where the file no longer has what the run reads
 */
export function reopenTable(
  source: { readonly file: TableFile; readonly table: Table; readonly missing: MissingPolicy },
  { scaler, samples, summary }: DataRecord & { readonly scaler: TableScaler; readonly samples: TableRecord },
): { readonly dataset: LoadedDataset; readonly changes: DataChanges } {
  checkColumnsThere(source.table, samples);
  const { columns } = chooseColumns(source.table, recordedColumns(source.table, samples));
  checkKinds(columns);
  const table: Table = { ...source.table, columns: columns.map(({ column }) => column) };
  const { rows } = keepRows(table, columns, source.missing === 'error' ? 'dropRow' : source.missing);
  const match = matchSamples(samples.keys, rowKeys(columns, rows));
  const splits = knownParts(samples.parts, match);
  if (splits.train.length + splits.validation.length + splits.test.length === 0) throw nothingKnown(samples);

  const fields: Record<string, FieldData> = {
    [scaler.input]: encodeFeatures(table, scaler.columns, rows),
    ...targetFields(table, scaler, rows),
  };
  const labelled = scaler.targets.find(({ classes }) => classes !== null);
  const labels = labelled === undefined ? [] : (fields[labelled.field]?.data ?? []);
  const description: DataDescription = {
    summary: { ...summary, samples: rows.length },
    attribution: '',
    pixelMaximum: null,
    columns: columns.map(summariseColumn),
    layout: tableLayout(source.table, source.file, columns, scaler),
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    classBalance: classBalance(labelled?.classes ?? null, labels, splits),
    problems: [],
  };
  const { added, removed, changed } = match;
  return {
    dataset: tableDataset({ table: source.table, description, splits, fields, columns, rows, scaler }),
    changes: { unit: 'row', added, removed, changed },
  };
}

/** Class indices in the run's own order of classes, or the numbers. A class that the run does not know is in rows of no part only. */
function targetFields(table: Table, scaler: TableScaler, rows: Int32Array): Record<string, FieldData> {
  return Object.fromEntries(
    scaler.targets.map(({ field, column: name, classes }) => {
      const column = table.columns.find((one) => one.name === name);
      const indices = new Map(classes?.map((value, i) => [value, i]));
      const data = Float32Array.from(rows, (row) => {
        if (column === undefined) return 0;
        return classes === null ? cellNumber(column, row) : (indices.get(cellText(column, row)) ?? 0);
      });
      return [field, { data, shape: [1] }];
    }),
  );
}

function nothingKnown({ keys }: TableRecord): ProblemError {
  return new ProblemError({
    code: 'data-replaced',
    title: 'Other data than the run’s',
    message: `None of the ${keys.length.toLocaleString('en')} rows that this run was trained and tested with is in the file any more, so it cannot be said how well the network does on them. Put the file back, or train again with the one that is there.`,
    facts: { rows: keys.length },
  });
}
