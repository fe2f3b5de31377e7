import type { JsonValue } from '../../json.ts';
import { atom, dict, list, type Python } from './expression.ts';

/** A string in double quotes, as Black prefers; with single quotes where that saves escapes. */
export function string(text: string): Python {
  const body = JSON.stringify(text).slice(1, -1);
  // JSON's escapes are all Python escapes too; only \/ is not, and JSON.stringify never writes it.
  if (text.includes('"') && !text.includes("'")) return atom(`'${body.replaceAll('\\"', '"')}'`);
  return atom(`"${body}"`);
}

/** A number as Python writes it: whole numbers without a point unless `float` is set. */
export function number(value: number, float = false): Python {
  if (Number.isNaN(value)) return atom('float("nan")');
  if (!Number.isFinite(value)) return atom(value > 0 ? 'float("inf")' : 'float("-inf")');
  const text = digitsOf(value)
    .replace('e+', 'e')
    .replace(/e-(\d)$/, 'e-0$1');
  return atom(float && Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text);
}

/** The shortest digits, with an exponent from where Python has one. */
function digitsOf(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
}

export function boolean(value: boolean): Python {
  return atom(value ? 'True' : 'False');
}

/** Any JSON value; lists become lists. */
export function literal(value: JsonValue): Python {
  if (value === null) return atom('None');
  if (typeof value === 'boolean') return boolean(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return string(value);
  if (isList(value)) return list(value.map(literal));
  return dict(Object.entries(value).map(([key, entry]) => [string(key), literal(entry)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * Words of a person as part of a `"""` text: on one line, without control characters (Python refuses a source that holds NUL), and
 * neither ending the text nor escaping anything in it.
 */
export function docstringText(words: string): string {
  return words
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replaceAll('\\', '\\\\')
    .replaceAll('"', "'");
}
