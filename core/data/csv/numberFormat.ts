/** Largest float32; what is beyond becomes infinite in training, so it counts as no number. */
export const MAX_FLOAT32 = 3.4028234663852886e38;

export type DecimalSign = '.' | ',';
/** What groups digits; `''`: nothing. A blank stands for the no-break and thin ones too, `'` for the curly apostrophe. */
export type ThousandsSign = '' | ',' | '.' | ' ' | "'";

/** How the numbers of a column are written. */
export interface NumberFormat {
  readonly decimal: DecimalSign;
  readonly thousands: ThousandsSign;
  /** Text before or after the number that is taken off: `kg`, `%`, `$`. `''`: none. */
  readonly unit: string;
  /** `(5)` is −5; absent: it is no number. */
  readonly parentheses?: boolean;
  /** `5k` is 5,000; absent: it is no number. */
  readonly magnitudes?: boolean;
}

export const PLAIN_NUMBERS: NumberFormat = { decimal: '.', thousands: '', unit: '' };

/** One of each sign that groups digits, as part of a regular expression (JavaScript's and Python's alike). */
export const GROUPING: Readonly<Record<Exclude<ThousandsSign, ''>, string>> = {
  ',': ',',
  '.': '\\.',
  ' ': '[ \\u00a0\\u2009\\u202f]',
  "'": "['\\u2019]",
};

/**
 * `1,234,567.8` for one pair of signs: groups of three behind the first; groups of two before the last three, as in India (`12,34,567`).
 */
export function groupedPattern(decimal: DecimalSign, thousands: Exclude<ThousandsSign, ''>): string {
  const group = GROUPING[thousands];
  return `[+-]?\\d{1,3}(${group}\\d{2,3})*${group}\\d{3}(${decimal === '.' ? '\\.' : ','}\\d*)?`;
}

/** `$-5`, `-$5`, `5 $` and `5$` without the unit; other texts as they are. */
export function withoutUnit(text: string, unit: string): string {
  if (text.endsWith(unit)) return text.slice(0, -unit.length).trimEnd();
  if (text.startsWith(unit)) return text.slice(unit.length).trimStart();
  const sign = text[0] ?? '';
  if ('+-\u2212'.includes(sign) && text.startsWith(unit, 1)) return sign + text.slice(1 + unit.length).trimStart();
  return text;
}

const CODES =
  'USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|AUD|CAD|NZD|BRL|MXN|ZAR|KRW|RUB|TRY|SGD|HKD|Rs\\.?|kr\\.?|Fr\\.?';
const WITH_UNIT = new RegExp(
  `^([+\\-\u2212]?)\\s*((?:[A-Z]{0,3}\\p{Sc}|(?:${CODES})(?=[\\s\\d.,+\\-\u2212]))?)\\s*([+\\-\u2212]?(?:\\d(?:[\\d.,'\u2019\\s]*\\d)?(?:[.,](?!(?![eE][+-]?\\d)\\p{L}))?|[.,]\\d+)(?:[eE][+-]?\\d+)?)\\s*((?:[\\p{L}\\p{Sc}%\u2030\u00b0\u2032\u2033\u00b5][^\\s;"<>=?]{0,11}(?: [\\p{L}%][^\\s;"<>=?]{0,7})?)?)$`,
  'u',
);
/** What stands behind numbers and is no unit: `1st`, `10 am`, the exponent of Fortran's `1.5D+02`. */
const NO_UNIT = /^(st|nd|rd|th|am|pm|a\.m\.|p\.m\.|bc|ad|[de][+-]?\d+)$/i;

/** The digits of a cell that looks like a number in any way of writing, with its sign, and what stands before or behind; else null. */
export function splitUnit(text: string): { readonly digits: string; readonly unit: string } | null {
  if (text.length > 48) return null;
  const match = WITH_UNIT.exec(text);
  if (match === null) return null;
  const [, sign = '', before = '', digits = '', behind = ''] = match;
  if ((before !== '' && behind !== '') || NO_UNIT.test(behind)) return null;
  return { digits: sign + digits, unit: before || behind };
}
