import { describe, expect, it } from 'vitest';
import {
  atom,
  call,
  dict,
  list,
  named,
  type Python,
  positional,
  tuple,
} from '../../../core/codegen/python/expression.ts';
import { statement } from '../../../core/codegen/python/format.ts';
import { literal, number, string } from '../../../core/codegen/python/literals.ts';
import { variableNames } from '../../../core/codegen/python/names.ts';

const text = (value: Python) => statement('', value).join('\n');

describe('Python literals', () => {
  it('are what Python reads back', () => {
    expect(text(literal({ a: [1, -0.5, 1e-7, 1e21], b: null, c: true }))).toBe(
      '{"a": [1, -0.5, 1e-07, 1e21], "b": None, "c": True}',
    );
    expect(text(number(Infinity))).toBe('float("inf")');
    expect(text(string('line\n"quoted" and \\ back'))).toBe(`'line\\n"quoted" and \\\\ back'`);
    expect(text(string(`both ' and "`))).toBe(`"both ' and \\""`);
    expect(text(tuple([number(3)]))).toBe('(3,)');
  });
});

describe('lines', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => string(`column_${i}`));

  it('stay whole up to 88 characters', () => {
    const fits = call('f', [positional(atom('x'.repeat(81)))]);
    expect(statement('y = ', fits)).toHaveLength(1);
    expect(statement('yy = ', fits)).toEqual(['yy = f(', `    ${'x'.repeat(81)}`, ')']);
  });

  it('break into one argument a line, with a comma after the last', () => {
    expect(statement('x = ', list(names(8)), 4).join('\n')).toBe(`    x = [
        "column_0",
        "column_1",
        "column_2",
        "column_3",
        "column_4",
        "column_5",
        "column_6",
        "column_7",
    ]`);
    expect(statement('x = ', dict([[string('a'), list(names(7))]])).join('\n')).toBe(`x = {
    "a": [
        "column_0",
        "column_1",
        "column_2",
        "column_3",
        "column_4",
        "column_5",
        "column_6",
    ]
}`);
  });

  it('break a layer where Black does', () => {
    const layer = (callee: string) =>
      statement(
        'conv = ',
        {
          kind: 'apply',
          layer: call(callee, [positional(number(16)), named('padding', string('same')), named('name', string('c'))]),
          args: [positional(atom('image'))],
        },
        4,
      ).join('\n');
    expect(layer(`layers.${'C'.repeat(36)}`)).toBe(
      `    conv = layers.${'C'.repeat(36)}(16, padding="same", name="c")(\n        image\n    )`,
    );
    expect(layer(`layers.${'C'.repeat(42)}`)).toBe(
      `    conv = layers.${'C'.repeat(42)}(\n        16, padding="same", name="c"\n    )(image)`,
    );
  });
});

it('variables are never keywords, nor names the program uses, nor alike', () => {
  const given = variableNames(['lambda', 'np', 'conv', 'a-b', 'a_b', '1x'], ['np']);
  expect(Object.fromEntries(given)).toEqual({
    lambda: 'lambda_',
    np: 'np_',
    conv: 'conv',
    'a-b': 'a_b',
    a_b: 'a_b_',
    '1x': '_1x',
  });
});
