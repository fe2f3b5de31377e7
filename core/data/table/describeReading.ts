import { cellIsMissing, cellNumber, cellText } from '../csv/column.ts';
import { distinctUnits } from '../csv/dialect.ts';
import type { Table } from '../csv/readCsv.ts';
import type { TableReading } from '../schema.ts';
import type { ChosenColumn } from './chooseColumns.ts';

const PREVIEW_ROWS = 5;
const PREVIEW_COLUMNS = 50;
const MOST_MISSING = 50;

/** How a table was read, with its first rows as they were. */
export function describeReading({ dialect, rows }: Table, columns: readonly ChosenColumn[]): TableReading {
  const shown = columns.slice(0, PREVIEW_COLUMNS);
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, rows) }, (_, row) =>
    shown.map(({ column, kind }) => {
      if (cellIsMissing(column, row)) return '';
      const value = cellNumber(column, row);
      if (kind === 'numeric') return Number.isNaN(value) ? '' : String(value);
      return cellText(column, row);
    }),
  );
  const { separator, quote, decimal, thousands, parentheses, magnitudes, heading, skip, why } = dialect;
  const found = missingTexts(columns);
  return {
    rows,
    separator,
    quote,
    decimal,
    thousands,
    parentheses,
    magnitudes,
    units: distinctUnits(dialect.units),
    heading,
    skip,
    missing: dialect.missing === null ? found : [...dialect.missing],
    why: {
      ...why,
      missing:
        dialect.missing !== null
          ? why.missing
          : found.length === 0
            ? 'No text in the file stands for no value; empty cells do.'
            : `In the file: ${found.map((text) => `“${text}”`).join(', ')}. Empty cells always stand for no value.`,
    },
    preview,
  };
}

/** The texts that count as missing in at least one cell. */
function missingTexts(columns: readonly ChosenColumn[]): string[] {
  const found = new Set<string>();
  for (const { column } of columns) {
    for (const [id, text] of column.dictionary.entries()) if (column.missing[id] && text !== '') found.add(text);
  }
  return [...found].sort().slice(0, MOST_MISSING);
}
