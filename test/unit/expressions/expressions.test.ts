import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  evaluateFormula,
  fixInFormula,
  formulasIn,
  isParameterName,
  mapFormulas,
  namesInFormula,
  renameInFormula,
} from '../../../core/expressions/index.ts';

const NAMES = new Map<string, number | string | boolean | null | readonly number[]>([
  ['filters', 64],
  ['stride', 1],
  ['padding', 'same'],
  ['bias', true],
  ['pool', null],
  ['kernel', [3, 3]],
  ['i', 2],
  ['n', 5],
]);

test.each([
  ['filters', 64],
  [' filters * 4 ', 256],
  ['stride==1?1:2', 1],
  ['i == 0 ? 2 : 1', 1],
  ['filters / 2 * 2', 64],
  ['1 + 2 * 3 - 4 / 2', 5],
  ['2 ** 3 ** 2', 512],
  ['16 * 2 ** i', 64],
  ['-7 % 3', 2],
  ['7 % -3', -2],
  ['- -3', 3],
  ['min(4, filters, 9) + max(1)', 5],
  ['round(2.5) * 100 + round(-2.5)', 298],
  ['floor(-1.5) + ceil(1.2) + abs(-3)', 3],
  ['sqrt(16) + log2(8)', 7],
  ['1e2 + .5', 100.5],
  ["padding == 'same'", true],
  ['padding != "same" or i < n', true],
  ['!bias || filters >= 64 && true', true],
  ['not(bias) and 1 / 0 > 1', false],
  ['bias ? 3 : 1 / 0', 3],
  ['pool == None ? stride : pool', 1],
  ['kernel', [3, 3]],
  ['kernel == kernel', true],
  ["'a' == 'a' ? (1 == 2 ? 1 : 2) : 3", 2],
])('%s', (text, value) => {
  expect(evaluateFormula(`=${text}`, NAMES)).toEqual({ ok: true, value });
});

test.each([
  ['', /nothing behind/],
  ['filters *', /ends too early/],
  ['(filters', /ends too early/],
  ['filters * ) 2', /character 1[01], “\) 2”/],
  ['stride = 1 ? 1 : 2', /write “==”/],
  ['filter * 2', /no parameter of the name “filter”; did you mean “filters”\?/],
  ['width', /no parameter of the name “width”\.$/],
  ['filters / (i - 2)', /divides 64 by zero/],
  ['filters % 0', /by zero/],
  ['0 ** -1', /by zero/],
  ['padding * 2', /“\*” takes numbers, but gets the text “same”/],
  ['kernel + 1', /gets the list \[3,3\]/],
  ['stride ? 1 : 2', /a condition .* gets the number 1/],
  ['bias and 1', /“and” takes a condition/],
  ['stride == "1"', /the number 1 with the text “1”, which can never be equal/],
  ['1 < 2 < 3', /“<” takes numbers, but gets true/],
  ['sqrt(-1)', /square root of -1/],
  ['log2(0)', /logarithm of 0/],
  ['(0 - 8) ** 0.5', /-8 \*\* 0.5 is no number/],
  ['10 ** 308 * 10', /too large/],
  ['filters.constructor', /no parts/],
  ['kernel[0]', /no parts/],
  ['[1, 2]', /no list/],
  ['filters 2', /several expressions/],
  ['1; 2', /several expressions/],
  ['this', /“this”/],
  ['sin(1)', /“sin” is no function; there are min, max/],
  ['constructor(1)', /no function/],
  ['toString', /no parameter/],
  ['__proto__', /no parameter/],
  ['sqrt(1, 2)', /“sqrt” takes one value, not 2/],
  ['min()', /1 to 20 values, not 0/],
  ['-2 ** 2', /two ways/],
  ['not bias == true', /needs parentheses/],
  ['filters | 1', /character 9/],
  ['"same', /“"same”|ends too early/],
  [`1${'+1'.repeat(200)}`, /401 characters; 300 are the most/],
])('%s has a reason', (text, reason) => {
  const result = evaluateFormula(`=${text}`, NAMES);
  if (result.ok) throw new Error(JSON.stringify(result.value));
  expect(result.error.reason).toMatch(reason);
});

/** Expressions with their values, worked out beside. */
const sums = fc.letrec<{ sum: { text: string; value: number } }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 5 },
    fc.integer({ min: 0, max: 99 }).map((value) => ({ text: String(value), value })),
    fc.tuple(fc.constantFrom('+', '-', '*'), tie('sum'), tie('sum')).map(([operator, a, b]) => ({
      text: `(${a.text})${operator}(${b.text})`,
      value: operator === '+' ? a.value + b.value : operator === '-' ? a.value - b.value : a.value * b.value,
    })),
    fc.tuple(tie('sum'), tie('sum'), tie('sum'), tie('sum')).map(([a, b, c, d]) => ({
      text: `(${a.text} < ${b.text} ? ${c.text} : ${d.text})`,
      value: a.value < b.value ? c.value : d.value,
    })),
  ),
})).sum;

test('nested sums have the value that arithmetic gives them', () => {
  fc.assert(
    fc.property(sums, ({ text, value }) => {
      fc.pre(text.length <= 300);
      expect(evaluateFormula(`=${text}`, NAMES)).toEqual({ ok: true, value: value + 0 });
    }),
  );
});

test('any text gives a value or a reason', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(...'filters i n ( ) [ ] . , ? : + - * ** == = ! && or not "a" \' 1 .5 é # { ` \\'.split(' ')),
      ),
      (parts) => {
        const result = evaluateFormula(`=${parts.join(' ')}`, NAMES);
        expect(result.ok ? result.value : result.error.reason).not.toBe('');
      },
    ),
    { numRuns: 500 },
  );
});

test('names are found, replaced and taken out as names, not as texts or functions', () => {
  const formula = "=min(min, k)*2 + (kind == 'k' ? k : -k)";
  expect(namesInFormula(formula)).toEqual(['min', 'k', 'kind']);
  expect(renameInFormula(formula, 'k', 'width')).toBe("=min(min, width)*2 + (kind == 'k' ? width : -width)");
  expect(renameInFormula(formula, 'min', 'least')).toBe("=min(least, k)*2 + (kind == 'k' ? k : -k)");
  expect(fixInFormula(formula, 'k', -3)).toBe("=min(min, (-3))*2 + (kind == 'k' ? (-3) : -(-3))");
  expect(fixInFormula("=padding == 'same'", 'padding', "it's")).toBe("='it\\'s' == 'same'");
  expect(fixInFormula('= k ', 'k', [1, 2])).toEqual([1, 2]);
  expect(fixInFormula('=k', 'other', 1)).toBe('=k');
});

test('formulas in lists and tables', () => {
  const value = { a: ['=k', '=k + 1'], b: { c: '=m' }, d: 'k' };
  expect(formulasIn(value)).toEqual(['=k', '=k + 1', '=m']);
  expect(mapFormulas(value, (formula) => renameInFormula(formula, 'm', 'n2'))).toEqual({ ...value, b: { c: '=n2' } });
  expect(mapFormulas(value, (formula) => formula)).toBe(value);
});

test.each([
  ['filters', true],
  ['n_filters2', true],
  ['i', false],
  ['min', false],
  ['lambda', false],
  ['2x', false],
  ['my-value', false],
  ['a'.repeat(33), false],
])('a parameter can be called %s: %s', (name, can) => {
  expect(isParameterName(name)).toBe(can);
});
