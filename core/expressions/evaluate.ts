import { type JsonValue, sameJson } from '../json.ts';
import { shorten } from '../shorten.ts';
import { type Comparison, type Evaluated, type Expression, type Fault, FUNCTIONS } from './expression.ts';
import { nearest } from './nearest.ts';

/** What names stand for. */
export type Names = ReadonlyMap<string, JsonValue>;

/**
 * The value of an expression, or why it has none. Pure; takes time linear in the expression's size. Only the branch that a condition chooses,
 * and only as much of `and` and `or` as decides them, is looked at.
 */
export function evaluate(expression: Expression, names: Names): Evaluated {
  try {
    const value = workOut(expression, names);
    if (typeof value === 'number' && !Number.isFinite(value)) return { ok: false, error: { reason: TOO_LARGE } };
    return { ok: true, value };
  } catch (thrown) {
    if (thrown instanceof NoValue) return { ok: false, error: thrown.fault };
    throw thrown;
  }
}

const TOO_LARGE = 'Its result is too large to count with.';

class NoValue extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.reason);
    this.fault = fault;
  }
}

const stop = (reason: string): never => {
  throw new NoValue({ reason });
};

function workOut(expression: Expression, names: Names): JsonValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name':
      return named(expression.name, names);
    case 'call':
      return called(expression, names);
    case 'negative':
      return 0 - numberOf(expression.of, names, '-');
    case 'not':
      return !flagOf(expression.of, names, 'not');
    case 'arithmetic':
      return arithmetic(expression, names);
    case 'comparison': {
      const left = numberOf(expression.left, names, expression.operator);
      return compare(expression.operator, left, numberOf(expression.right, names, expression.operator));
    }
    case 'equality':
      return equal(expression, names) === (expression.operator === '==');
    case 'logic': {
      const left = flagOf(expression.left, names, expression.operator);
      return left === (expression.operator === 'or') ? left : flagOf(expression.right, names, expression.operator);
    }
    case 'choice':
      return workOut(flagOf(expression.test, names, '?') ? expression.chosen : expression.otherwise, names);
  }
}

function named(name: string, names: Names): JsonValue {
  const value = names.get(name);
  if (value !== undefined) return value;
  const near = nearest(name, [...names.keys()]);
  throw new NoValue({
    reason: `There is no parameter of the name “${shorten(name, 30)}”${near === null ? '.' : `; did you mean “${near}”?`}`,
    unknown: name,
    ...(near !== null && { near }),
  });
}

function called({ name, args }: Extract<Expression, { kind: 'call' }>, names: Names): number {
  const given = args.map((arg) => numberOf(arg, names, name));
  const [first = 0] = given;
  if (name === 'sqrt' && first < 0) return stop(`The square root of ${first} is no number.`);
  if (name === 'log2' && first <= 0) return stop(`The logarithm of ${first} is no number.`);
  return FUNCTIONS[name].compute(...given);
}

function arithmetic({ operator, left, right }: Extract<Expression, { kind: 'arithmetic' }>, names: Names): number {
  const a = numberOf(left, names, operator);
  const b = numberOf(right, names, operator);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? stop(`It divides ${a} by zero.`) : a / b;
    case '%':
      return b === 0 ? stop(`It divides ${a} by zero.`) : a - b * Math.floor(a / b);
    case '**': {
      if (a === 0 && b < 0) return stop('It divides by zero: zero has no negative power.');
      const power = a ** b;
      return Number.isNaN(power) ? stop(`${a} ** ${b} is no number.`) : power;
    }
  }
}

function compare(operator: Comparison, a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** Values of two kinds are a mistake, not unequal: `stride == "2"` would never hold. Nothing (`None`) is compared with anything. */
function equal({ left, right }: Extract<Expression, { kind: 'equality' }>, names: Names): boolean {
  const a = workOut(left, names);
  const b = workOut(right, names);
  if (a !== null && b !== null && kindOf(a) !== kindOf(b))
    return stop(`It compares ${shown(a)} with ${shown(b)}, which can never be equal.`);
  return sameJson(a, b);
}

function numberOf(expression: Expression, names: Names, operator: string): number {
  const value = workOut(expression, names);
  if (typeof value !== 'number') return stop(`“${operator}” takes numbers, but gets ${shown(value)}.`);
  return Number.isFinite(value) ? value : stop(TOO_LARGE);
}

function flagOf(expression: Expression, names: Names, operator: string): boolean {
  const value = workOut(expression, names);
  if (typeof value === 'boolean') return value;
  return stop(
    `“${operator}” takes a condition that is true or false, but gets ${shown(value)}. Compare it with something, as in “x == 1”.`,
  );
}

const kindOf = (value: JsonValue) => (Array.isArray(value) ? 'list' : typeof value);

function shown(value: JsonValue): string {
  const text = shorten(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 30);
  switch (kindOf(value)) {
    case 'string':
      return `the text “${text}”`;
    case 'number':
      return `the number ${text}`;
    case 'list':
      return `the list ${text}`;
    default:
      return text;
  }
}
