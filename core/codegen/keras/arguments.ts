import {
  CONSTRAINTS,
  type Constraint,
  INITIALIZERS,
  type Initializer,
  type KerasArg,
  type KerasCall,
  kerasConfigValue,
  kerasNormAxis,
  type Regularizer,
} from '../../catalogue/index.ts';
import type { JsonValue } from '../../json.ts';
import { atom, call, named, type Python, type PythonItem, positional, tuple } from '../python/expression.ts';
import { literal, number, string } from '../python/literals.ts';
import { sameArgument } from './sameArgument.ts';

/** Arguments that stand first in every Keras layer that has them, so that they read well without their name. */
const LEADING: ReadonlySet<string> = new Set([
  'units',
  'filters',
  'kernel_size',
  'pool_size',
  'rate',
  'target_shape',
  'dims',
  'size',
  'input_dim',
  'output_dim',
  'activation',
  'padding',
]);

/** Sizes along spatial axes: `3` says `(3, 3)`. Not so for shapes, where a tuple of equal numbers must stay one. */
export const SIZES: ReadonlySet<string> = new Set([
  'kernel_size',
  'strides',
  'pool_size',
  'dilation_rate',
  'size',
  'padding',
]);

/** An argument in Python; null where Keras assumes it anyway. */
export type WrittenArguments = (argument: string) => Python | null;

/** `layers.Conv2D(16, 3, padding="same", name="conv1")`: arguments as they are written, those that a layer always has first. */
export function layerCall(
  name: Python,
  { className, args, always = [] }: KerasCall,
  written: WrittenArguments,
): Python {
  const leading: PythonItem[] = [];
  const rest: PythonItem[] = [];
  let unbroken = true;
  for (const argument of always) {
    const python = written(argument);
    if (python === null) continue;
    unbroken &&= LEADING.has(argument);
    leading.push(unbroken ? positional(python) : named(argument, python));
  }
  for (const argument of Object.keys(args)) {
    const python = always.includes(argument) ? null : written(argument);
    if (python !== null) rest.push(named(argument, python));
  }
  return call(`layers.${className}`, [...leading, ...rest, named('name', name)]);
}

/** `keras.ops.split(x, indices_or_sections=2, axis=-1)`. */
export function operationCall(
  { operation, args }: KerasCall,
  sources: readonly Python[],
  written: WrittenArguments,
): Python {
  const given = Object.keys(args).flatMap((name) => {
    const python = written(name);
    return python === null ? [] : [named(name, python)];
  });
  return call(`keras.ops.${operation}`, [...sources.map(positional), ...given]);
}

/**
 * Whether an argument is written: where the layer always has it, where it differs from what Keras assumes, and all of a function's, which has
 * defaults of its own.
 * @param assumed the call of such a layer with all its parameters at their defaults, which are Keras's
 */
export function isWritten(argument: string, { args, always = [], operation }: KerasCall, assumed: KerasCall): boolean {
  return operation !== undefined || always.includes(argument) || !sameArgument(args[argument], assumed.args[argument]);
}

/** The value of an argument in Python. */
export function argumentValue(argument: string, value: KerasArg): Python {
  if (typeof value !== 'object' || value === null) return literal(value);
  if ('$initializer' in value) return initializerValue(value.$initializer as Initializer);
  if ('$regularizer' in value) return regularizerValue(value.$regularizer as Regularizer | null);
  if ('$constraint' in value) return constraintValue(value.$constraint as Constraint | null, value.rank as number);
  const plain = kerasConfigValue(value);
  if (!isList(plain)) return literal(plain);
  const [first] = plain;
  if (SIZES.has(argument) && first !== undefined && plain.every((n) => n === first)) return literal(first);
  return tuple(plain.map((entry) => (isList(entry) ? tuple(entry.map(literal)) : literal(entry))));
}

/** By its short name when its numbers are those Keras assumes. */
export function initializerValue(value: Initializer): Python {
  const { keras, default: initial } = INITIALIZERS[value.name];
  const usual: { readonly [key: string]: unknown } = initial;
  const given = value as unknown as { readonly [key: string]: number };
  // The numbers that this initializer has, whatever else the object may hold: a key becomes a name in the program.
  const changed = Object.keys(usual).flatMap((key) => {
    const n = given[key];
    return key === 'name' || n === undefined || n === usual[key] ? [] : [[key, n] as const];
  });
  if (changed.length === 0) return string(keras.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase());
  const spelling: { readonly [key: string]: string } = { min: 'minval', max: 'maxval' };
  return call(
    `keras.initializers.${keras}`,
    changed.map(([key, n]) => named(spelling[key] ?? key, number(n))),
  );
}

function regularizerValue(value: Regularizer | null): Python {
  if (value === null) return atom('None');
  const { l1, l2 } = value;
  if (l1 === 0) return call('keras.regularizers.L2', [positional(number(l2))]);
  if (l2 === 0) return call('keras.regularizers.L1', [positional(number(l1))]);
  return call('keras.regularizers.L1L2', [named('l1', number(l1)), named('l2', number(l2))]);
}

function constraintValue(value: Constraint | null, rank: number): Python {
  if (value === null) return atom('None');
  const axis = kerasNormAxis(rank);
  const axisArgument = axis === 0 || value.name === 'nonNeg' ? [] : [named('axis', literal(axis))];
  const numbers: PythonItem[] = [];
  if (value.name === 'maxNorm') numbers.push(positional(number(value.maxValue)));
  if (value.name === 'minMaxNorm')
    numbers.push(
      named('min_value', number(value.minValue)),
      named('max_value', number(value.maxValue)),
      named('rate', number(value.rate)),
    );
  return call(`keras.constraints.${CONSTRAINTS[value.name].keras}`, [...numbers, ...axisArgument]);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
