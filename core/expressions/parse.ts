import jsep from 'jsep';
import { shorten } from '../shorten.ts';
import {
  ARITHMETIC,
  COMPARISONS,
  type Expression,
  type Fault,
  FUNCTIONS,
  type FunctionName,
  type Parsed,
} from './expression.ts';

/** Characters of one expression: what bounds the time and the depth of everything done with it. */
export const LONGEST_EXPRESSION = 300;

for (const operator of ['===', '!==', '|', '^', '&', '<<', '>>', '>>>', '??']) jsep.removeBinaryOp(operator);
for (const operator of ['~', '+']) jsep.removeUnaryOp(operator);
jsep.addBinaryOp('or', 1);
jsep.addBinaryOp('and', 2);
jsep.addUnaryOp('not');
jsep.addLiteral('True', true);
jsep.addLiteral('False', false);
jsep.addLiteral('None', null);

const known = new Map<string, Parsed>();
const MOST_KNOWN = 2000;

/** Reads an expression (without a leading `=`). Equal texts give the same object. */
export function parseExpression(text: string): Parsed {
  const before = known.get(text);
  if (before !== undefined) return before;
  const parsed = read(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, parsed);
  return parsed;
}

function read(text: string): Parsed {
  if (text.trim() === '') return failed({ reason: 'There is nothing behind the “=”.' });
  if (text.length > LONGEST_EXPRESSION)
    return failed({ reason: `It has ${text.length} characters; ${LONGEST_EXPRESSION} are the most.` });
  try {
    return { ok: true, value: treeOf(jsep(text)) };
  } catch (thrown) {
    if (thrown instanceof Unsupported) return failed({ reason: thrown.message });
    const at = placeOf(thrown);
    if (at === null) throw thrown;
    return failed(unreadable(text, at));
  }
}

const failed = (error: Fault): Parsed => ({ ok: false, error });

/** Something that the library reads and expressions do not have. */
class Unsupported extends Error {}

/** Where the library says that it cannot read on; null where it is no error of reading. */
function placeOf(thrown: unknown): number | null {
  return thrown instanceof Error && 'index' in thrown && typeof thrown.index === 'number' ? thrown.index : null;
}

function unreadable(text: string, index: number): Fault {
  const at = Math.min(Math.max(index, 0), text.length);
  const rest = text.slice(at).trimStart();
  if (rest === '') return { reason: 'It ends too early: something is missing at its end.', at };
  if (rest.startsWith('=') || text[at - 1] === '=')
    return { reason: `It cannot be read at character ${at + 1}. To compare two values, write “==”.`, at };
  return { reason: `It cannot be read at character ${at + 1}, “${shorten(rest, 12)}”.`, at };
}

/** The library's tree as ours; what ours has no place for is refused. */
function treeOf(given: jsep.Expression): Expression {
  // Its own type is open for plugins, of which it has but the one for `a ? b : c`.
  const node = given as jsep.CoreExpression | jsep.ConditionalExpression;
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'object' && node.value !== null) break;
      return { kind: 'literal', value: node.value };
    case 'Identifier':
      return { kind: 'name', name: node.name };
    case 'UnaryExpression':
      return node.operator === '-'
        ? { kind: 'negative', of: treeOf(node.argument) }
        : { kind: 'not', of: treeOf(node.argument) };
    case 'BinaryExpression':
      return binary(node);
    case 'ConditionalExpression':
      return {
        kind: 'choice',
        test: treeOf(node.test),
        chosen: treeOf(node.consequent),
        otherwise: treeOf(node.alternate),
      };
    case 'CallExpression':
      return call(node);
    case 'MemberExpression':
      throw new Unsupported('Values have no parts here: “.” and “[ ]” do not belong into an expression.');
    case 'ArrayExpression':
      throw new Unsupported('It gives one value, no list. In a list, write an expression for each of its items.');
    case 'Compound':
    case 'SequenceExpression':
      throw new Unsupported('It is several expressions. Write one, with an operator between its parts.');
    case 'ThisExpression':
      throw new Unsupported('“this” means nothing here.');
  }
  throw new Unsupported('It holds something that expressions do not have.');
}

function call({ callee, arguments: given }: jsep.CallExpression): Expression {
  const name = callee.type === 'Identifier' ? String(callee.name) : '';
  if (!isFunctionName(name))
    throw new Unsupported(
      `“${shorten(name, 20)}” is no function; there are ${Object.keys(FUNCTIONS).join(', ')}. For a product, write “*”.`,
    );
  const { least, most } = FUNCTIONS[name];
  if (given.length < least || given.length > most)
    throw new Unsupported(
      `“${name}” takes ${least === most ? 'one value' : `${least} to ${most} values`}, not ${given.length}.`,
    );
  return { kind: 'call', name, args: given.map(treeOf) };
}

/** Whether a name is that of a function. */
export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

function binary({ operator, left: first, right: second }: jsep.BinaryExpression): Expression {
  if (first.type === 'UnaryExpression' && operator === '**')
    throw new Unsupported(
      'A minus in front of a power can be read in two ways. Write 0 - a ** b, or the power in front.',
    );
  const left = treeOf(first);
  const right = treeOf(second);
  const logic = operator === '&&' || operator === 'and' ? 'and' : operator === '||' || operator === 'or' ? 'or' : null;
  if (logic !== null) return { kind: 'logic', operator: logic, left, right };
  if (first.type === 'UnaryExpression' && first.operator !== '-')
    throw new Unsupported(`What “${String(first.operator)}” is about needs parentheses: not (a ${operator} b).`);
  if (operator === '==' || operator === '!=') return { kind: 'equality', operator, left, right };
  const comparison = COMPARISONS.find((one) => one === operator);
  if (comparison !== undefined) return { kind: 'comparison', operator: comparison, left, right };
  const arithmetic = ARITHMETIC.find((one) => one === operator);
  if (arithmetic !== undefined) return { kind: 'arithmetic', operator: arithmetic, left, right };
  throw new Unsupported(`“${operator}” does not belong into an expression.`);
}
