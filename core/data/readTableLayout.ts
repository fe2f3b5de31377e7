import { basename } from 'node:path';
import type { DataSettings } from '../document/index.ts';
import { BUILTIN_TABLES } from './builtin/content.ts';
import { decodeText, type TextEncodingName } from './csv/decodeText.ts';
import { readCsv } from './csv/readCsv.ts';
import { readDataFile, resolveDataPath } from './readDataFile.ts';

/** How the CSV file behind a design is written: what another program needs to read it alike. */
export interface TableLayout {
  /** Absolute path of the person's own file; null for a table that comes with Layerloom. */
  readonly path: string | null;
  /** The text of a table that comes with Layerloom; null for a person's own. */
  readonly csv: string | null;
  /** Every column's name, in file order; made up where the file names none. */
  readonly columns: readonly string[];
  readonly hasHeader: boolean;
  readonly delimiter: string;
  readonly encoding: TextEncodingName;
  /** Numbers are written `3,14`. */
  readonly decimalComma: boolean;
}

/**
 * The layout of the table a design reads; null when it reads none.
 * @throws ProblemError when the file is not there or is no table
 */
export async function readTableLayout(
  { source }: Pick<DataSettings, 'source'>,
  baseDir: string | null,
): Promise<TableLayout | null> {
  if (source.kind === 'none' || source.kind === 'imageFolder') return null;
  if (source.kind === 'builtin') {
    if (source.id === 'digits') return null;
    const { csv } = BUILTIN_TABLES[source.id];
    return { path: null, csv, encoding: 'utf-8', ...layoutOf(csv, source.id) };
  }
  const path = resolveDataPath(source.path, baseDir);
  const { text, encoding } = decodeText(await readDataFile(path), basename(path));
  return { path, csv: null, encoding, ...layoutOf(text, basename(path)) };
}

function layoutOf(
  text: string,
  name: string,
): Pick<TableLayout, 'columns' | 'hasHeader' | 'delimiter' | 'decimalComma'> {
  const { columns, hasHeader, delimiter, decimalComma } = readCsv(text, name);
  return { columns: columns.map((column) => column.name), hasHeader, delimiter, decimalComma };
}
