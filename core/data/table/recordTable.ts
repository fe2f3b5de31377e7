import { createHash } from 'node:crypto';
import { cellIsMissing, cellNumber, cellText } from '../csv/column.ts';
import type { TableRecord } from '../dataRecord.ts';
import type { Splits } from '../splitSamples.ts';
import type { ChosenColumn } from './chooseColumns.ts';

/** Characters of a key: 96 bits, which no two rows of a file share by accident. */
const KEY_LENGTH = 16;

/**
 * What each row is known by: its numbers and texts in the columns that are used, whatever their order and however the file writes them.
 * @param rows the rows of the table to key, ascending
 */
export function rowKeys(columns: readonly ChosenColumn[], rows: Int32Array): string[] {
  const used = columns
    .filter(({ role }) => role !== 'ignore')
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const names = JSON.stringify(used.map(({ name }) => name));
  return Array.from(rows, (row) => {
    const values = used.map(({ column, kind }) => {
      if (kind === 'numeric') {
        const value = cellNumber(column, row);
        return Number.isNaN(value) ? null : value;
      }
      return cellIsMissing(column, row) ? null : cellText(column, row);
    });
    const text = `${names}\n${JSON.stringify(values)}`;
    return createHash('sha256').update(text).digest('base64').slice(0, KEY_LENGTH);
  });
}

/** What a run keeps of a table, to know its rows again. */
export function recordTable(columns: readonly ChosenColumn[], rows: Int32Array, splits: Splits): TableRecord {
  return {
    kind: 'table',
    columns: columns.map(({ name, role, kind }) => ({ name, role, kind })),
    keys: rowKeys(columns, rows),
    parts: {
      train: Array.from(splits.train),
      validation: Array.from(splits.validation),
      test: Array.from(splits.test),
    },
  };
}
