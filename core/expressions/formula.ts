import type { JsonValue } from '../json.ts';
import { evaluate, type Names } from './evaluate.ts';
import type { Evaluated, Expression } from './expression.ts';
import { isFunctionName, parseExpression } from './parse.ts';

/** Whether a value is worked out: a text with a leading `=`. */
export const isFormula = (value: unknown): value is string => typeof value === 'string' && value.startsWith('=');

/** The value of a formula, with its leading `=`. */
export function evaluateFormula(formula: string, names: Names): Evaluated {
  const parsed = parseExpression(formula.slice(1));
  return parsed.ok ? evaluate(parsed.value, names) : parsed;
}

/** The formulas in a value: itself, or what stands in its lists and tables. */
export function formulasIn(value: JsonValue): readonly string[] {
  if (isFormula(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(formulasIn) : [];
}

/** A value with something else in place of each formula in it; the very same where nothing changes. */
export function mapFormulas(value: JsonValue, change: (formula: string) => JsonValue): JsonValue {
  if (isFormula(value)) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue) => mapFormulas(item, change));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  const before = Object.entries<JsonValue>(value);
  const after = before.map(([name, item]): [string, JsonValue] => [name, mapFormulas(item, change)]);
  return after.some(([, item], i) => item !== before[i]?.[1]) ? Object.fromEntries(after) : value;
}

/** The names that an expression uses, in the order in which they first stand in it. */
export function namesIn(expression: Expression): readonly string[] {
  const found = new Set<string>();
  collect(expression, found);
  return [...found];
}

/** The names that a formula, with its leading `=`, uses; none where it cannot be read. */
export function namesInFormula(formula: string): readonly string[] {
  const parsed = parseExpression(formula.slice(1));
  return parsed.ok ? namesIn(parsed.value) : [];
}

function collect(expression: Expression, found: Set<string>): void {
  switch (expression.kind) {
    case 'literal':
      return;
    case 'name':
      found.add(expression.name);
      return;
    case 'call':
      for (const arg of expression.args) collect(arg, found);
      return;
    case 'negative':
    case 'not':
      collect(expression.of, found);
      return;
    case 'choice':
      for (const part of [expression.test, expression.chosen, expression.otherwise]) collect(part, found);
      return;
    default:
      collect(expression.left, found);
      collect(expression.right, found);
  }
}

/** Texts in quotes, and names. */
const WORDS = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/gu;

/** A formula in which another name stands for `from`; everything else stays as it is written. One that cannot be read stays whole. */
export function renameInFormula(formula: string, from: string, to: string): string {
  return namesInFormula(formula).includes(from)
    ? replaceWords(formula, (word) => (word === from ? to : word))
    : formula;
}

/** A formula, or the value itself where the formula was its name alone, in which a value stands in place of a name. */
export function fixInFormula(formula: string, name: string, value: JsonValue): JsonValue {
  return bindInFormula(formula, new Map([[name, value]]));
}

/**
 * A formula in which values stand in place of several names, all at once; a value that is a formula itself is put in as such. A formula that was
 * one of the names alone is then that name's value.
 */
export function bindInFormula(formula: string, values: ReadonlyMap<string, JsonValue>): JsonValue {
  if (!namesInFormula(formula).some((name) => values.has(name))) return formula;
  const alone = values.get(formula.slice(1).trim());
  if (alone !== undefined) return alone;
  return replaceWords(formula, (word) => {
    const value = values.get(word);
    return value === undefined ? word : written(value);
  });
}

/** A value as it is written within an expression. */
function written(value: JsonValue): string {
  if (isFormula(value)) {
    const parsed = parseExpression(value.slice(1));
    const single = parsed.ok && (parsed.value.kind === 'name' || parsed.value.kind === 'call');
    return single ? value.slice(1).trim() : `(${value.slice(1)})`;
  }
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' && value < 0 ? `(${value})` : JSON.stringify(value);
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function replaceWords(formula: string, change: (word: string) => string): string {
  return formula.replace(WORDS, (word, at: number) => (isCall(formula, at + word.length) ? word : change(word)));
}

/** `min` in front of a parenthesis is the function, whatever else has that name. */
const isCall = (formula: string, end: number) => formula.slice(end).trimStart().startsWith('(');

/** Whether a name can be used in expressions, and as the name of an argument of generated code. */
export function isParameterName(name: string): boolean {
  return PARAMETER_NAME.test(name) && !isFunctionName(name) && !RESERVED.has(name);
}

const PARAMETER_NAME = /^[a-z_][A-Za-z0-9_]{0,31}$/;

/** `i` and `n` are of the repetition; the others are words of expressions or of Python. */
const RESERVED = new Set(
  `i n x true false null this and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield keras layers name self`.split(/\s+/),
);
