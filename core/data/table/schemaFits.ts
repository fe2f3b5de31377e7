import { ProblemError } from '../../errors.ts';
import type { Table } from '../csv/readCsv.ts';
import type { TableRecord } from '../dataRecord.ts';
import type { ChosenColumn } from './chooseColumns.ts';

/** Below this share of numbers a column is no column of numbers any more. */
const STILL_NUMBERS = 0.5;

/**
 * Refuses a file that does not have the columns a run reads, or has something else in them.
 * @throws ProblemError `data-schema` naming the columns
 */
export function checkColumnsThere(table: Table, record: TableRecord): void {
  const there = new Set(table.columns.map(({ name }) => name));
  const gone = record.columns.filter(({ name, role }) => role !== 'ignore' && !there.has(name));
  if (gone.length === 0) return;
  const names = gone.map(({ name }) => `“${name}”`).join(', ');
  const now = table.columns.map(({ name }) => `“${name}”`).slice(0, 20);
  throw new ProblemError({
    code: 'data-schema',
    title: 'The data have other columns now',
    message: `The run reads ${gone.length === 1 ? 'the column' : 'the columns'} ${names}, which the file no longer has. It has ${now.join(', ')}. Give the columns their names back, or train again with the file as it is.`,
    facts: { columns: gone.map(({ name }) => name) },
  });
}

/**
 * Refuses a file whose columns of numbers hold texts.
 * @throws ProblemError `data-schema` naming the column
 */
export function checkKinds(columns: readonly ChosenColumn[]): void {
  for (const { name, role, kind, facts } of columns) {
    if (role === 'ignore' || kind !== 'numeric') continue;
    const filled = facts.numbers + facts.texts;
    if (filled === 0 || facts.numbers >= STILL_NUMBERS * filled) continue;
    throw new ProblemError({
      code: 'data-schema',
      title: 'The data have other columns now',
      message: `The run reads the column “${name}” as numbers, and ${facts.texts.toLocaleString('en')} of its ${filled.toLocaleString('en')} filled cells are no numbers now. Put the numbers back, or train again with the file as it is.`,
      facts: { columns: [name] },
    });
  }
}
