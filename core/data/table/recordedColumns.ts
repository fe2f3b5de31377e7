import type { ColumnSettings } from '../../document/index.ts';
import type { Table } from '../csv/readCsv.ts';
import type { TableRecord } from '../dataRecord.ts';

/** Role and kind of every column of a file, as a run had them; columns that came since are nothing to it. */
export function recordedColumns(
  table: Pick<Table, 'columns'>,
  { columns }: Pick<TableRecord, 'columns'>,
): Readonly<Record<string, ColumnSettings>> {
  const recorded = new Map(columns.map(({ name, role, kind }) => [name, { role, kind }]));
  const unknown: ColumnSettings = { role: 'ignore', kind: 'categorical' };
  return Object.fromEntries(table.columns.map(({ name }) => [name, recorded.get(name) ?? unknown]));
}
