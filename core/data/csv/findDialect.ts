import { ProblemError } from '../../errors.ts';
import { missingTest } from './cells.ts';
import { distinctUnits, type GivenFormat, signName, type TableDialect } from './dialect.ts';
import { findLayout, isComment } from './findLayout.ts';
import { findNotation } from './findNotation.ts';
import { findNumberFormat, findUnit } from './findNumberFormat.ts';
import { type FoundSeparator, findQuote, findSeparator } from './findSeparator.ts';
import type { NumberFormat } from './numberFormat.ts';
import { numberParts } from './numberParts.ts';
import { numberReader } from './numberReader.ts';
import { sampleText, tokenise } from './tokenise.ts';

/** Cells looked at for signs and units. */
const MOST_CELLS = 60_000;

/**
 * How a table is written, from its first some hundred lines and pieces of the rest. Separator, titles, heading, decimal and thousands
 * sign and units hang together: each is decided in the light of those before it. What the document gives holds.
 * @param text with plain line ends (tokenise.ts)
 */
export function findDialect(text: string, given: GivenFormat): TableDialect {
  checkGiven(given);
  const { head, pieces, cut } = sampleText(text);
  const { quote, why: whyQuote } =
    given.quote === undefined ? findQuote(head) : { quote: given.quote, why: 'Set by hand.' };
  const found = findSeparator(head, quote, given.separator, cut);
  const { separator } = found;
  const body = bodyRows(found, pieces, quote);
  const numbers = findNumberFormat(cellsOf(body), separator, given);
  const { decimal, thousands } = numbers;
  const isMissing = missingTest(given.missing ?? null);
  const read = numberReader({ decimal, thousands, unit: '' });
  const numberOf = (cell: string): number => {
    if (isMissing(cell)) return Number.NaN;
    const split = numberParts(cell);
    return split === null ? Number.NaN : read(split.digits);
  };
  const isNumber = (cell: string): boolean => !Number.isNaN(numberOf(cell));
  const layout = findLayout(found.rows, { isNumber, numberOf }, given);
  const data = body.slice(layout.skip + (layout.heading ? 1 : 0)).filter((row) => !isComment(row, layout.comment));
  const columns = Math.max(layout.width, found.rows[layout.skip]?.length ?? 0);
  const rows = data.slice(0, Math.max(20, Math.floor(MOST_CELLS / Math.max(1, columns))));
  const cells = Array.from({ length: columns }, (_, i) => rows.map((row) => row[i]?.trim() ?? ''));
  const { why: whyNotation, ...notation } = findNotation(cells, given);
  const format = { decimal, thousands, ...notation };
  const units = cells.map((column) =>
    given.units === undefined ? findUnit(column, notation) : givenUnit(column, given.units, format),
  );
  return {
    separator,
    quote,
    skip: layout.skip,
    comment: layout.comment,
    heading: layout.heading,
    rowNames: layout.rowNames,
    commentedHeading: layout.commentedHeading,
    width: layout.width,
    decimal,
    thousands,
    ...notation,
    units,
    missing: given.missing ?? null,
    ambiguous: numbers.ambiguous,
    why: {
      separator: found.why,
      quote: whyQuote,
      skip: layout.whySkip,
      heading: layout.whyHeading,
      decimal: numbers.whyDecimal,
      thousands: numbers.whyThousands,
      ...whyNotation,
      units: given.units === undefined ? whyUnits(units) : 'Set by hand.',
      missing:
        given.missing === undefined ? 'Usual texts for no value, and those found among numbers.' : 'Set by hand.',
    },
  };
}

/** Of the units that the document gives, the one that stands beside most numbers of a column; `''`: none does. */
function givenUnit(cells: readonly string[], given: readonly string[], format: Omit<NumberFormat, 'unit'>): string {
  const bare = numberReader({ ...format, unit: '' });
  const counted = given.map((unit) => {
    const read = numberReader({ ...format, unit });
    return { unit, count: cells.filter((cell) => Number.isNaN(bare(cell)) && !Number.isNaN(read(cell))).length };
  });
  const [most] = counted.sort((a, b) => b.count - a.count || b.unit.length - a.unit.length);
  return most === undefined || most.count === 0 ? '' : most.unit;
}

function whyUnits(units: readonly string[]): string {
  const found = distinctUnits(units);
  if (found.length === 0) return 'No column has the same sign or unit beside its numbers.';
  const list = found.map((unit) => `“${unit}”`).join(', ');
  return found.length === 1
    ? `${list} stands beside the numbers of a column, and is taken off them.`
    : `${list} stand beside the numbers of a column each, and are taken off them.`;
}

/** The head's rows and those of the pieces that have as many cells: others may begin within a quoted one. */
function bodyRows(
  { rows, separator }: FoundSeparator,
  pieces: readonly string[],
  quote: string,
): (readonly string[])[] {
  const width = rows.at(-1)?.length ?? 0;
  const further = pieces.flatMap((piece) => tokenise(piece, separator, quote)).filter(({ length }) => length === width);
  return [...rows, ...further];
}

function* cellsOf(rows: readonly (readonly string[])[]): Iterable<string> {
  let count = 0;
  for (const row of rows.slice(1)) {
    for (const cell of row) yield cell.trim();
    count += row.length;
    if (count > MOST_CELLS) return;
  }
}

function checkGiven({ decimal, thousands, separator, quote }: GivenFormat): void {
  const clash =
    decimal !== undefined && decimal === thousands
      ? `The ${signName(decimal)} cannot be the decimal sign and group digits too.`
      : separator !== undefined && separator === quote
        ? `The ${signName(separator)} cannot stand between cells and around them too.`
        : null;
  if (clash === null) return;
  throw new ProblemError({
    code: 'csv-format',
    title: 'How the file is read',
    message: `${clash} Change one of the two, or let it be found.`,
  });
}
