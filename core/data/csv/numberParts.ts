import { splitUnit } from './numberFormat.ts';

/** What stands behind digits, without a blank, for a power of ten; JavaScript's and Python's regular expressions alike. */
export const MAGNITUDES: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  m: 1e6,
  M: 1e6,
  mn: 1e6,
  b: 1e9,
  B: 1e9,
  bn: 1e9,
  t: 1e12,
  T: 1e12,
};
const MAGNITUDE = new RegExp(`^(.*[\\d.,])(${Object.keys(MAGNITUDES).join('|')})$`);
const IN_PARENTHESES = /^\(\s*(.*\S)\s*\)$/;
/** A currency or a percent sign may stand outside of them. */
const WITH_SIGN = /^(\p{Sc}?)\s*(\(.*\))\s*([\p{Sc}%]?)$/u;

/** `12` of `12k`, with 1,000; null where no such letter stands behind digits. */
export function splitMagnitude(
  text: string,
): { readonly rest: string; readonly factor: number; readonly suffix: string } | null {
  const match = MAGNITUDE.exec(text);
  const [, rest = '', suffix = ''] = match ?? [];
  return match === null ? null : { rest, suffix, factor: MAGNITUDES[suffix] ?? 1 };
}

/** What stands in the parentheses that make a number negative in accounts; null where there are none, or a sign stands in them too. */
export function insideParentheses(text: string): string | null {
  const inner = IN_PARENTHESES.exec(text)?.[1] ?? null;
  return inner === null || /^[+\-\u2212]/.test(inner) ? null : inner;
}

export interface NumberParts {
  /** With its sign. */
  readonly digits: string;
  readonly unit: string;
  readonly parentheses: boolean;
  /** `k`, `M`, …; `''`: none. */
  readonly magnitude: string;
}

/** The parts of a cell that looks like a number in any way of writing; else null. Which of them count is decided for the table. */
export function numberParts(text: string): NumberParts | null {
  if (text.length > 60) return null;
  const [, before = '', bracketed = '', behind = ''] = WITH_SIGN.exec(text) ?? [];
  const inner = bracketed === '' ? null : insideParentheses(bracketed);
  const bare = inner === null ? text : before + inner + behind;
  const magnitude = splitMagnitude(bare);
  const split = splitUnit(magnitude?.rest ?? bare) ?? splitUnit(bare);
  if (split === null) return null;
  return { ...split, parentheses: inner !== null, magnitude: magnitude?.suffix ?? '' };
}
