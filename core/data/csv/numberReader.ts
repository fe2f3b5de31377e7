import { GROUPING, groupedPattern, MAX_FLOAT32, type NumberFormat, withoutUnit } from './numberFormat.ts';
import { insideParentheses, splitMagnitude } from './numberParts.ts';

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WITH_COMMA = /^[+-]?(\d+,\d*|,\d+)(e[+-]?\d+)?$/i;

/**
 * A reader of cells (without blanks around them): the number, or NaN where there is none. Infinity and numbers that float32 cannot
 * hold give NaN. With a decimal comma `3.14` is a number too, unless the dot groups digits.
 */
export function numberReader({
  decimal,
  thousands,
  unit,
  parentheses,
  magnitudes,
}: NumberFormat): (text: string) => number {
  const plain = !(decimal === ',' && thousands === '.');
  const grouped = thousands === '' ? null : new RegExp(`^${groupedPattern(decimal, thousands)}$`);
  const groups = thousands === '' ? null : new RegExp(GROUPING[thousands], 'g');
  const bare = (text: string): number => {
    if (plain && PLAIN.test(text)) return finite(text);
    if (!plain && /^[+-]?\d+(e[+-]?\d+)?$/i.test(text)) return finite(text);
    if (decimal === ',' && WITH_COMMA.test(text)) return finite(text.replace(',', '.'));
    if (grouped?.test(text) && groups) return finite(text.replace(groups, '').replace(decimal, '.'));
    return text.startsWith('\u2212') ? -bare(text.slice(1)) : Number.NaN;
  };
  const withMagnitude = (text: string): number => {
    const split = magnitudes === true ? splitMagnitude(text) : null;
    return split === null ? bare(text) : limited(bare(split.rest) * split.factor);
  };
  const value = unit === '' ? withMagnitude : (text: string) => withMagnitude(withoutUnit(text, unit));
  return (text) => {
    if (text === '') return Number.NaN;
    const inner = parentheses === true ? insideParentheses(unit === '' ? text : withoutUnit(text, unit)) : null;
    return inner === null ? value(text) : -value(inner);
  };
}

function finite(text: string): number {
  return limited(Number(text));
}

function limited(value: number): number {
  return Math.abs(value) <= MAX_FLOAT32 ? value : Number.NaN;
}
