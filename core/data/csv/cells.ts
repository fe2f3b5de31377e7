/** What stands for "no value" in the CSV files of pandas, R, Excel and the UCI repository. */
const MISSING = new Set(['', 'na', 'n/a', '#n/a', '<na>', 'nan', '-nan', 'null', 'none', '?', '.']);

/** Largest float32; what is beyond becomes infinite in training, so it counts as no number. */
export const MAX_FLOAT32 = 3.4028234663852886e38;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DECIMAL_COMMA = /^[+-]?(\d+,\d*|,\d+)(e[+-]?\d+)?$/i;

export function isMissingText(text: string): boolean {
  return text.length <= 4 && MISSING.has(text.toLowerCase());
}

/**
 * The number a cell holds, or NaN. Infinity and numbers that float32 cannot hold give NaN. `decimalComma` reads `3,14` as
 * 3.14: the custom where semicolons separate cells.
 */
export function parseNumber(text: string, decimalComma: boolean): number {
  if (text === '') return Number.NaN;
  const plain = decimalComma && DECIMAL_COMMA.test(text) ? text.replace(',', '.') : text;
  if (!NUMBER.test(plain)) return Number.NaN;
  const value = Number(plain);
  return Math.abs(value) <= MAX_FLOAT32 ? value : Number.NaN;
}
