import type { TableLayout } from '../../document/index.ts';
import type { TextEncodingName } from '../csv/decodeText.ts';
import { MAGNITUDES } from '../csv/numberParts.ts';
import type { Table } from '../csv/readCsv.ts';
import type { TableScaler } from '../scaler.ts';
import type { ChosenColumn } from './chooseColumns.ts';

/** Where the text of a table came from: null for one that comes with Layerloom. */
export type TableFile = { readonly path: string; readonly encoding: TextEncodingName } | null;

/** How a table is written and what its columns mean, once both are settled. */
export function tableLayout(
  { columns: cells, dialect, blanksBeforeQuotes }: Table,
  file: TableFile,
  columns: readonly ChosenColumn[],
  { columns: features, targets }: Pick<TableScaler, 'columns' | 'targets'>,
): TableLayout {
  const { separator, quote, skip, comment, heading, decimal, thousands, parentheses } = dialect;
  return {
    kind: 'table',
    path: file?.path ?? null,
    encoding: file?.encoding ?? 'utf-8',
    columns: columns.map(({ name, unit, spellings }) => ({ name, unit, spellings: [...spellings] })),
    separator,
    quote,
    skip,
    comment,
    heading,
    decimal,
    thousands,
    parentheses,
    magnitudes: dialect.magnitudes ? { ...MAGNITUDES } : null,
    missing: dialect.missing === null ? null : [...dialect.missing],
    longMinus: cells.some(({ dictionary }) => dictionary.some((cell) => cell.includes('\u2212'))),
    blanksBeforeQuotes,
    features,
    targets,
  };
}
