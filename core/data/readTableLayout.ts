import { basename } from 'node:path';
import Papa from 'papaparse';
import type { DataSettings } from '../document/index.ts';
import { BUILTIN_TABLES } from './builtin/content.ts';
import { decodeText } from './csv/decodeText.ts';
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
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
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
  if (source.kind === 'none') return null;
  if (source.kind === 'builtin') {
    if (source.id === 'digits') return null;
    const { csv } = BUILTIN_TABLES[source.id];
    return { path: null, csv, encoding: 'utf-8', ...layoutOf(csv, source.id) };
  }
  const path = resolveDataPath(source.path, baseDir);
  const bytes = await readDataFile(path);
  const text = decodeText(bytes, basename(path));
  return { path, csv: null, encoding: encodingOf(bytes), ...layoutOf(text, basename(path)) };
}

function layoutOf(
  text: string,
  name: string,
): Pick<TableLayout, 'columns' | 'hasHeader' | 'delimiter' | 'decimalComma'> {
  const table = readCsv(text, name);
  const { meta } = Papa.parse(text, { preview: 20, skipEmptyLines: 'greedy' });
  return {
    columns: table.columns.map((column) => column.name),
    hasHeader: table.hasHeader,
    delimiter: meta.delimiter,
    decimalComma: table.decimalComma,
  };
}

/** What `decodeText` took the bytes for. */
function encodingOf(bytes: Uint8Array): TableLayout['encoding'] {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
