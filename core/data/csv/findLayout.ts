import type { TableDialect } from './dialect.ts';
import { type CellReader, isHeading } from './findHeading.ts';
import { usualWidth } from './findSeparator.ts';

type Row = readonly string[];

/** Where the table begins in the rows of a file, and whether a heading is its first row. */
export interface FoundLayout
  extends Pick<TableDialect, 'skip' | 'comment' | 'heading' | 'rowNames' | 'commentedHeading' | 'width'> {
  readonly whySkip: string;
  readonly whyHeading: string;
}

const COMMENT_SIGNS = ['#', '%', '//', '!'] as const;
/** Lines before the heading that are looked through at most. */
const MOST_SKIPPED = 100;

export function findLayout(
  rows: readonly Row[],
  reader: CellReader,
  given: { readonly heading?: boolean | undefined; readonly skip?: number | undefined },
): FoundLayout {
  const width = usualWidth(rows);
  const found = given.skip === undefined ? findStart(rows, width, reader) : { skip: given.skip, comment: '' };
  const { skip, comment } = found;
  const first = rows[skip] ?? [];
  const rest = rows.slice(skip + 1).filter((row) => !isComment(row, comment));
  const names = withoutSign(first, width);
  const proper = given.heading === undefined ? isHeading(names, aligned(names, rest, width), reader) : null;
  const heading = given.heading ?? proper !== null;
  const rowNames = heading && isShortByRowNames(first, rest, width);
  return {
    skip,
    comment,
    heading,
    rowNames,
    commentedHeading: heading && names !== first,
    width,
    whySkip: whySkip(given.skip, skip, comment),
    whyHeading: whyHeading(given.heading, proper, rowNames),
  };
}

/** The first row that is neither a comment nor a title. */
function findStart(rows: readonly Row[], width: number, reader: CellReader): { skip: number; comment: string } {
  let comment = '';
  let skip = 0;
  for (; skip < Math.min(MOST_SKIPPED, rows.length - 1); skip++) {
    const row = rows[skip] ?? [];
    const sign = commentSign(row);
    if (sign !== null && isCommentRow(rows, skip, width, sign, reader)) comment = sign;
    else if (!isTitle(rows, skip, width, reader)) break;
  }
  return { skip, comment };
}

function commentSign([first = '']: Row): string | null {
  const text = first.trimStart();
  return COMMENT_SIGNS.find((sign) => text.startsWith(sign)) ?? null;
}

/** A row that begins with a comment sign is one, unless it is the heading: a column called `#`, or names written as a comment. */
function isCommentRow(rows: readonly Row[], at: number, width: number, sign: string, reader: CellReader): boolean {
  const row = rows[at] ?? [];
  const lone = isLoneSign(row, sign);
  if (row.length !== width && !(lone && row.length <= width + 1)) return true;
  if (width === 1) return true;
  if (lone && row.length === width) return false;
  // Names behind a sign (`# a b c` over three columns between blanks) are the heading, unless one follows.
  const next = rows[at + 1] ?? [];
  if (commentSign(next) === sign) return true;
  return next.length === width && isHeading(next, rows.slice(at + 2), reader) !== null;
}

function isLoneSign([first = '', ...others]: Row, sign: string): boolean {
  return first.trim() === sign && others.some((cell) => cell.trim() !== '');
}

/** A line of text above the table: fewer cells than the rows have, or all but the first empty. */
function isTitle(rows: readonly Row[], at: number, width: number, reader: CellReader): boolean {
  if (width < 2) return /^"?sep=/i.test(rows[at]?.[0] ?? '');
  const row = rows[at] ?? [];
  const filled = row.filter((cell) => cell.trim() !== '').length;
  if (row.length > width || filled > Math.max(1, width / 2)) return false;
  const rest = rows.slice(at + 1);
  if (row.length < width) {
    if (row.length === width - 1 && isShortByRowNames(row, rest, width)) return false;
    const next = rest[0] ?? [];
    // A row of data that lacks cells is none: what follows a title is a heading, or all rows below have all cells.
    return (
      isHeading(next, rest.slice(1), reader) !== null || rest.slice(0, 20).every(({ length }) => length >= width - 1)
    );
  }
  return (
    filled === 1 && row[0]?.trim() !== '' && !reader.isNumber(row[0]?.trim() ?? '') && rest.slice(0, 20).every(isFull)
  );
}

function isFull(row: Row): boolean {
  return row.filter((cell) => cell.trim() !== '').length > row.length / 2;
}

/** As R's `write.table` writes: each row begins with its name, for which the heading has none. */
function isShortByRowNames(first: Row, rest: readonly Row[], width: number): boolean {
  if (first.length !== width - 1 || width < 3 || rest.length === 0) return false;
  const even = rest.filter(({ length }) => length === width);
  if (even.length < rest.length * 0.8) return false;
  const names = even.map((row) => row[0]?.trim() ?? '');
  const lastFilled = even.some((row) => (row[width - 1] ?? '').trim() !== '');
  const nextIsHeading = names.length > 1 && even[0]?.every((cell) => /^[^\d]*$/.test(cell));
  return lastFilled && !nextIsHeading && new Set(names).size === names.length && !names.includes('');
}

/** The rows under the columns of a heading that may lack the first. */
function aligned(first: Row, rest: readonly Row[], width: number): readonly Row[] {
  return isShortByRowNames(first, rest, width) ? rest.map((row) => row.slice(1)) : rest;
}

export function isComment([first = '']: Row, comment: string): boolean {
  return comment !== '' && first.trimStart().startsWith(comment);
}

/** `# a`, `b` → `a`, `b`, and `#`, `a`, `b` → `a`, `b` where there are two columns; the same row where no sign stands before the names. */
export function withoutSign(row: Row, width: number): Row {
  const [first = '', ...others] = row;
  if (others.length === width && COMMENT_SIGNS.some((sign) => sign === first.trim())) return others;
  const name = /^\s*(?:[#%!]+|\/\/)\s+(\S.*)$/s.exec(first)?.[1];
  return name === undefined || others.length === 0 ? row : [name, ...others];
}

function whySkip(given: number | undefined, skip: number, comment: string): string {
  if (given !== undefined) return 'Set by hand.';
  if (skip === 0) return 'The table begins in the first line.';
  const what = comment === '' ? 'titles' : `comments, which begin with ${comment}, or titles`;
  return `The first ${skip === 1 ? 'line is no row' : `${skip} lines are no rows`} of the table: ${what}.`;
}

function whyHeading(given: boolean | undefined, proper: string | null, rowNames: boolean): string {
  if (given !== undefined) return 'Set by hand.';
  if (proper === null) return 'The first row is like the rows below it, so it holds data.';
  return `The first row holds names: ${proper.charAt(0).toLowerCase()}${proper.slice(1)}${rowNames ? ' It has none for the first column, which names the rows.' : ''}`;
}
