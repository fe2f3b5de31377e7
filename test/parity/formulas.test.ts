import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pythonFormula } from '../../core/codegen/index.ts';
import { type Expression, evaluate, FUNCTIONS, type FunctionName } from '../../core/expressions/index.ts';

const NAMES = new Map<string, number | boolean | string>([
  ['filters', 16],
  ['rate', 0.25],
  ['less', -3],
  ['deep', true],
  ['mode', "it's"],
]);

/** Trees of every kind, such as a person could write: numbers with numbers, conditions with conditions. */
const { numberOf } = fc.letrec<{ numberOf: Expression; testOf: Expression }>((tie) => {
  const [number, test] = [tie('numberOf'), tie('testOf')];
  const unary = (Object.keys(FUNCTIONS) as FunctionName[]).filter((name) => FUNCTIONS[name].most === 1);
  return {
    numberOf: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(0, 1, 2, 3, 0.5, 7).map((value) => ({ kind: 'literal' as const, value })),
      fc.constantFrom('filters', 'rate', 'less').map((name) => ({ kind: 'name' as const, name })),
      number.map((of) => ({ kind: 'negative' as const, of })),
      fc
        .record({ operator: fc.constantFrom('+', '-', '*', '/', '%', '**'), left: number, right: number })
        .map((parts) => ({ kind: 'arithmetic' as const, ...parts })),
      fc
        .record({ name: fc.constantFrom(...unary), of: number })
        .map(({ name, of }) => ({ kind: 'call' as const, name, args: [of] })),
      fc
        .record({
          name: fc.constantFrom('min' as const, 'max' as const),
          args: fc.array(number, { minLength: 1, maxLength: 3 }),
        })
        .map((parts) => ({ kind: 'call' as const, ...parts })),
      fc.record({ test, chosen: number, otherwise: number }).map((parts) => ({ kind: 'choice' as const, ...parts })),
    ),
    testOf: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant({ kind: 'name' as const, name: 'deep' }),
      fc.constantFrom('mode', 'deep').map((name) => ({
        kind: 'equality' as const,
        operator: '!=' as const,
        left: { kind: 'name' as const, name },
        right: { kind: 'literal' as const, value: null },
      })),
      fc.constantFrom("it's", 'same').map((value) => ({
        kind: 'equality' as const,
        operator: '==' as const,
        left: { kind: 'name' as const, name: 'mode' },
        right: { kind: 'literal' as const, value },
      })),
      fc
        .record({ operator: fc.constantFrom('<', '<=', '>', '>='), left: number, right: number })
        .map((parts) => ({ kind: 'comparison' as const, ...parts })),
      fc
        .record({ operator: fc.constantFrom('and', 'or'), left: test, right: test })
        .map((parts) => ({ kind: 'logic' as const, ...parts })),
      test.map((of) => ({ kind: 'not' as const, of })),
    ),
  };
}) as { readonly numberOf: fc.Arbitrary<Expression> };

const PROGRAM = `
import json, math, sys
given = json.load(sys.stdin)
json.dump([float(eval(text, {"math": math, **given["names"]})) for text in given["texts"]], sys.stdout)
`;

it('a formula has in Python the value that it has here', () => {
  const drawn = fc.sample(numberOf, 3000).flatMap((expression) => {
    const value = evaluate(expression, NAMES);
    // Beyond what a double holds exactly, the integers of Python know more digits.
    return value.ok && typeof value.value === 'number' && Math.abs(value.value) < 1e9
      ? [{ text: pythonFormula(expression, (name) => name).text, value: value.value }]
      : [];
  });
  expect(drawn.length).toBeGreaterThan(1500);
  const given = { names: Object.fromEntries(NAMES), texts: drawn.map(({ text }) => text) };
  const printed = execFileSync(process.env.LAYERLOOM_PYTHON ?? 'python3', ['-c', PROGRAM], {
    input: JSON.stringify(given),
    encoding: 'utf8',
  });
  const theirs = JSON.parse(printed) as readonly number[];
  const apart = drawn.filter(
    ({ value }, i) => !(Math.abs(value - (theirs[i] ?? Number.NaN)) <= 1e-9 * Math.max(1, Math.abs(value))),
  );
  expect(apart.map((one, i) => ({ ...one, theirs: theirs[i] }))).toEqual([]);
});
