import type { Expression } from '../../expressions/index.ts';
import { flat } from './expression.ts';
import { literal } from './literals.ts';

/** An expression as Python writes it. */
export interface PythonFormula {
  readonly text: string;
  /** Whether it needs `import math`. */
  readonly math: boolean;
}

/** How tightly Python binds, the loosest first. What binds looser than its surroundings stands in parentheses. */
const LEVELS = ['choice', 'or', 'and', 'not', 'comparison', 'sum', 'product', 'negative', 'power', 'atom'] as const;
type Level = (typeof LEVELS)[number];

interface Written {
  readonly text: string;
  readonly level: Level;
}

const MATH: { readonly [name: string]: string } = {
  floor: 'math.floor',
  ceil: 'math.ceil',
  sqrt: 'math.sqrt',
  log2: 'math.log2',
};

/**
 * Writes an expression in Python. The meaning is the same (core/expressions) but for the type of whole numbers: `/` gives a float there.
 * @param variable what stands for a name
 */
export function pythonFormula(expression: Expression, variable: (name: string) => string): PythonFormula {
  let math = false;
  const { text } = write(expression);
  return { text, math };

  function write(part: Expression): Written {
    switch (part.kind) {
      case 'literal':
        return { text: flat(literal(part.value)), level: 'atom' };
      case 'name':
        return { text: variable(part.name), level: 'atom' };
      case 'call':
        return { text: called(part), level: 'atom' };
      case 'negative':
        return { text: `-${inside(part.of, 'power')}`, level: 'negative' };
      case 'not':
        return { text: `not ${inside(part.of, 'comparison')}`, level: 'not' };
      case 'logic':
        return { text: joined(part, part.operator), level: part.operator };
      case 'comparison':
        return {
          text: `${inside(part.left, 'sum')} ${part.operator} ${inside(part.right, 'sum')}`,
          level: 'comparison',
        };
      case 'equality': {
        const none = part.right.kind === 'literal' && part.right.value === null;
        const operator = none ? (part.operator === '==' ? 'is' : 'is not') : part.operator;
        return { text: `${inside(part.left, 'sum')} ${operator} ${inside(part.right, 'sum')}`, level: 'comparison' };
      }
      case 'arithmetic':
        return arithmetic(part);
      case 'choice':
        return {
          text: `${inside(part.chosen, 'or')} if ${inside(part.test, 'or')} else ${inside(part.otherwise, 'choice')}`,
          level: 'choice',
        };
    }
  }

  function arithmetic(part: Extract<Expression, { kind: 'arithmetic' }>): Written {
    if (part.operator === '**')
      return { text: `${inside(part.left, 'atom')} ** ${inside(part.right, 'negative')}`, level: 'power' };
    const level = part.operator === '+' || part.operator === '-' ? 'sum' : 'product';
    // What stands on the right of one operator stays together.
    const tighter = level === 'sum' ? 'product' : 'negative';
    return { text: `${inside(part.left, level)} ${part.operator} ${inside(part.right, tighter)}`, level };
  }

  function joined(part: Extract<Expression, { kind: 'logic' }>, level: Level): string {
    return `${inside(part.left, level)} ${part.operator} ${inside(part.right, level)}`;
  }

  function called({ name, args }: Extract<Expression, { kind: 'call' }>): string {
    const values = args.map((arg) => inside(arg, 'choice'));
    // Halves upwards, which is not how Python's own rounds.
    if (name === 'round') {
      math = true;
      return `math.floor(${args[0] === undefined ? '' : inside(args[0], 'sum')} + 0.5)`;
    }
    math ||= MATH[name] !== undefined;
    // Of one number Python's min and max want a list.
    if ((name === 'min' || name === 'max') && values.length === 1) return `(${values[0]})`;
    return `${MATH[name] ?? name}(${values.join(', ')})`;
  }

  function inside(part: Expression, least: Level): string {
    const { text, level } = write(part);
    return LEVELS.indexOf(level) < LEVELS.indexOf(least) ? `(${text})` : text;
  }
}

/** Whether Python gives a whole number of whole numbers: no division, no root, no number with a fraction in it. */
export function staysWhole(expression: Expression, isWhole: (name: string) => boolean): boolean {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value !== 'number' || Number.isInteger(expression.value);
    case 'name':
      return isWhole(expression.name);
    case 'call':
      if (expression.name === 'round' || expression.name === 'floor' || expression.name === 'ceil') return true;
      return (
        expression.name !== 'sqrt' &&
        expression.name !== 'log2' &&
        expression.args.every((arg) => staysWhole(arg, isWhole))
      );
    case 'negative':
      return staysWhole(expression.of, isWhole);
    case 'arithmetic':
      if (expression.operator === '/' || expression.operator === '**') return false;
      return staysWhole(expression.left, isWhole) && staysWhole(expression.right, isWhole);
    case 'choice':
      return staysWhole(expression.chosen, isWhole) && staysWhole(expression.otherwise, isWhole);
    default:
      return true;
  }
}
