import { isMissingText } from './cells.ts';

type Rows = readonly (readonly string[])[];

/** What is known of how cells are read when the heading is looked for. */
export interface CellReader {
  isNumber(text: string): boolean;
  numberOf(text: string): number;
}

const KNOWN_NAMES = /^(target|labels?|class(es)?|species|group|category|type|kind|y|id|name|date|time|index)$/i;
const LOOKED_AT = 60;

/** What one column's cells below the first row are. */
interface Below {
  readonly first: string;
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/**
 * Whether a row holds the names of the columns below it: it has text over numbers, or only different texts that are no values of
 * their columns, or numbers that are clearly no values of their columns (years, wavelengths, 0, 1, 2, …).
 */
export function isHeading(first: readonly string[], rest: Rows, { isNumber, numberOf }: CellReader): string | null {
  const cells = first.map((cell) => cell.trim());
  const numbers = cells.filter(isNumber).map(numberOf);
  if (rest.length === 0) return numbers.length === 0 ? 'It has no number in it.' : null;
  const below = cells.map((cell, i): Below => {
    const values = rest.slice(0, LOOKED_AT).map((row) => (row[i] ?? '').trim());
    const filled = values.filter((value) => !isMissingText(value));
    return {
      first: cell,
      numbers: filled.filter(isNumber).map(numberOf),
      texts: filled.filter((value) => !isNumber(value)),
    };
  });
  if (numbers.length === 0) return textHeading(cells, below);
  const texts = below.filter((column) => !isNumber(column.first) && isName(column)).length;
  return numberHeading(
    numbers,
    below.filter((column) => isNumber(column.first)),
    texts,
    rest,
    { isNumber, numberOf },
  );
}

function textHeading(cells: readonly string[], below: readonly Below[]): string | null {
  const overNumbers = below.find(
    ({ first, numbers, texts }) =>
      !isMissingText(first) && numbers.length > 0 && numbers.length >= texts.length && !texts.includes(first),
  );
  if (overNumbers !== undefined) return `It has text (“${overNumbers.first}”) over numbers.`;
  const named = below.filter(({ first }) => first !== '');
  const areValues = named.length > 0 && named.every(({ first, texts }) => texts.includes(first));
  if (areValues || new Set(named.map(({ first }) => first)).size < named.length) return null;
  return cells.length === 1 && below[0]?.texts.includes(cells[0] ?? '')
    ? null
    : 'It has only different texts, which are no values of their columns.';
}

/** A text that is no value of its column: over numbers, or over texts that recur while it does not. */
function isName({ first, texts, numbers }: Below): boolean {
  if (isMissingText(first) || texts.includes(first)) return false;
  if (numbers.length > texts.length) return true;
  return KNOWN_NAMES.test(first) || (texts.length > 3 && new Set(texts).size * 2 <= texts.length);
}

function numberHeading(
  numbers: readonly number[],
  columns: readonly Below[],
  texts: number,
  rest: Rows,
  reader: CellReader,
): string | null {
  const start = numbers[0] ?? 0;
  if (numbers.length >= 3 && (start === 0 || start === 1) && numbers.every((n, i) => n === start + i))
    return 'Its numbers count the columns.';
  const filled = columns.filter((column) => column.numbers.length > 0);
  const unlike = filled.filter((column) => isUnlike(reader.numberOf(column.first), column.numbers)).length;
  const mostUnlike = filled.length > 0 && unlike >= 0.8 * filled.length;
  if (inProgression(numbers) && (mostUnlike || texts > 0)) {
    const looked = rest.slice(0, LOOKED_AT);
    const alike = looked.filter((row) =>
      inProgression(
        row
          .map((cell) => cell.trim())
          .filter(reader.isNumber)
          .map(reader.numberOf),
      ),
    ).length;
    if (alike < 0.1 * looked.length || mostUnlike) return 'Its numbers go up in equal steps, as in no row below.';
  }
  if (mostUnlike && numbers.length >= 2 && isMonotone(numbers) && (texts > 0 || numbers.length >= 3))
    return 'Its numbers go up from column to column and lie far from the numbers below them.';
  return null;
}

/** Beyond all values by more than their range, or whole over numbers that all have decimals. */
function isUnlike(value: number, below: readonly number[]): boolean {
  const low = Math.min(...below);
  const high = Math.max(...below);
  const gap = Math.max(low - value, value - high);
  if (gap > high - low && below.length > 1) return true;
  return Number.isInteger(value) && gap > 0 && below.filter(Number.isInteger).length * 10 <= below.length;
}

function inProgression(numbers: readonly number[]): boolean {
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return (
    numbers.length >= 3 &&
    step !== 0 &&
    numbers.every((n, i) => i === 0 || Math.abs(n - (numbers[i - 1] ?? 0) - step) < 1e-9 * Math.abs(n))
  );
}

function isMonotone(numbers: readonly number[]): boolean {
  const up = numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? 0));
  return up || numbers.every((n, i) => i === 0 || n < (numbers[i - 1] ?? 0));
}
