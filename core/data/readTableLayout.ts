import { basename } from 'node:path';
import type { ColumnSettings, DataSettings } from '../document/index.ts';
import { BUILTIN_TABLES } from './builtin/content.ts';
import { decodeText, type TextEncodingName } from './csv/decodeText.ts';
import type { TableDialect } from './csv/dialect.ts';
import { readCsv, type Table } from './csv/readCsv.ts';
import { hasBlanksBeforeQuotes, withPlainLineEnds } from './csv/tokenise.ts';
import type { TableRecord } from './dataRecord.ts';
import { readDataFile, resolveDataPath } from './readDataFile.ts';
import { chooseColumns } from './table/chooseColumns.ts';
import { portableRowKey } from './table/portableRowKey.ts';
import { recordedColumns } from './table/recordedColumns.ts';

/** How the CSV file behind a design is written: what another program needs to read it alike. */
export interface TableLayout {
  /** Absolute path of the person's own file; null for a table that comes with Layerloom. */
  readonly path: string | null;
  /** The text of a table that comes with Layerloom; null for a person's own. */
  readonly csv: string | null;
  readonly encoding: TextEncodingName;
  readonly dialect: TableDialect;
  /** In file order. */
  readonly columns: readonly LayoutColumn[];
  /** Some number has the minus sign of typesetting (U+2212). */
  readonly longMinus: boolean;
  /** Blanks stand between a separator and a quotation mark. */
  readonly blanksBeforeQuotes: boolean;
  /** What a row is known by in these columns (`portableRowKey`). */
  keyOf(row: number, columns: readonly string[]): string;
}

export interface LayoutColumn {
  /** Made up where the file names none. */
  readonly name: string;
  /** What stands before or behind its numbers; `''`: nothing. */
  readonly unit: string;
  /** Which text of a category stands for which other. */
  readonly spellings: ReadonlyMap<string, string>;
}

/**
 * The layout of the table a design reads; null when it reads none.
 * @param record what a run kept of the table: its columns are read as the run read them
 * @throws ProblemError when the file is not there or is no table
 */
export async function readTableLayout(
  { source }: Pick<DataSettings, 'source'>,
  baseDir: string | null,
  record: TableRecord | null = null,
): Promise<TableLayout | null> {
  if (source.kind === 'none' || source.kind === 'imageFolder') return null;
  if (source.kind === 'builtin') {
    if (source.id === 'digits') return null;
    const { csv } = BUILTIN_TABLES[source.id];
    return { path: null, csv, encoding: 'utf-8', ...layoutOf(readCsv(csv, source.id), csv, {}) };
  }
  const path = resolveDataPath(source.path, baseDir);
  const { text, encoding } = decodeText(await readDataFile(path), basename(path));
  const table = readCsv(text, basename(path), source.format);
  const configured = record === null ? source.columns : recordedColumns(table, record);
  return { path, csv: null, encoding, ...layoutOf(table, text, configured) };
}

function layoutOf(
  table: Table,
  text: string,
  configured: Readonly<Record<string, ColumnSettings>>,
): Pick<TableLayout, 'dialect' | 'columns' | 'longMinus' | 'blanksBeforeQuotes' | 'keyOf'> {
  const { columns } = chooseColumns(table, configured);
  return {
    keyOf: (row, names) =>
      portableRowKey(
        names.flatMap((name) => columns.find((column) => column.name === name) ?? []),
        row,
      ),
    dialect: table.dialect,
    columns: columns.map(({ name: column, unit, spellings }) => ({ name: column, unit, spellings })),
    blanksBeforeQuotes: hasBlanksBeforeQuotes(withPlainLineEnds(text), table.dialect.separator, table.dialect.quote),
    longMinus: table.columns.some(({ dictionary }) => dictionary.some((cell) => cell.includes('\u2212'))),
  };
}
