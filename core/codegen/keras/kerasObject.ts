import type { JsonValue } from '../../json.ts';
import type { KerasObject } from '../../training/index.ts';
import { call, named, type Python, type PythonItem } from '../python/expression.ts';
import { literal, number } from '../python/literals.ts';

/** `keras.losses.Huber(delta=2)`: an object with the arguments that differ from what Keras assumes. */
export function kerasObject(
  module: string,
  object: KerasObject,
  first: readonly PythonItem[] = [],
  last: readonly PythonItem[] = [],
): Python {
  const { className, args, defaults, integers = [] } = object;
  const rest = Object.entries(args).filter(([name, value]) => value !== defaults[name]);
  return call(`keras.${module}.${className}`, [
    ...first,
    ...rest.map(([name, value]) => named(name, argument(value, integers.includes(name)))),
    ...last,
  ]);
}

function argument(value: JsonValue, integer: boolean): Python {
  return typeof value === 'number' ? number(value, !integer) : literal(value);
}
