import type { JsonValue } from '../json.ts';
import { CONSTRAINTS, type Constraint } from './constraints.ts';
import type { KerasArg } from './defineLayer.ts';
import { INITIALIZERS, type Initializer } from './initializers.ts';
import type { Regularizer } from './regularizers.ts';

/**
 * A value of a Keras call as it stands in a Keras 3 config: plain JSON as it is, our typed values as
 * `{module, class_name, config, registered_name}`, which `keras.layers.deserialize` takes.
 */
export function kerasConfigValue(arg: KerasArg): JsonValue {
  if (typeof arg !== 'object' || arg === null) return arg;
  if ('$initializer' in arg) return initializerConfig(arg.$initializer as Initializer);
  if ('$regularizer' in arg) return regularizerConfig(arg.$regularizer as Regularizer | null);
  if ('$constraint' in arg) return constraintConfig(arg.$constraint as Constraint | null, arg.rank as number);
  return arg as JsonValue;
}

/** The axes Keras takes norms over where we take all axes but the last. Keras's own default, 0, where that is the same. */
export function kerasNormAxis(rank: number): JsonValue {
  return rank <= 2 ? 0 : Array.from({ length: rank - 1 }, (_, axis) => axis);
}

const object = (module: string, className: string, config: JsonValue): JsonValue => ({
  module,
  class_name: className,
  config,
  registered_name: null,
});

function initializerConfig(value: Initializer): JsonValue {
  const { name, ...numbers } = value;
  // Zeros and Ones take no seed; for the others null is Keras's default.
  const fixed = name === 'zeros' || name === 'ones' || name === 'constant';
  const { min, max, ...rest } = numbers as { readonly [key: string]: number };
  return object('keras.initializers', INITIALIZERS[name].keras, {
    ...rest,
    ...(min !== undefined && { minval: min }),
    ...(max !== undefined && { maxval: max }),
    ...(!fixed && { seed: null }),
  });
}

function regularizerConfig(value: Regularizer | null): JsonValue {
  return value === null ? null : object('keras.regularizers', 'L1L2', { l1: value.l1, l2: value.l2 });
}

function constraintConfig(value: Constraint | null, rank: number): JsonValue {
  if (value === null) return null;
  const axis = kerasNormAxis(rank);
  const configs: { readonly [N in Constraint['name']]: JsonValue } = {
    maxNorm: value.name === 'maxNorm' ? { max_value: value.maxValue, axis } : {},
    unitNorm: { axis },
    nonNeg: {},
    minMaxNorm:
      value.name === 'minMaxNorm'
        ? { min_value: value.minValue, max_value: value.maxValue, rate: value.rate, axis }
        : {},
  };
  return object('keras.constraints', CONSTRAINTS[value.name].keras, configs[value.name]);
}
