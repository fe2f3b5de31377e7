import { defaultParams, type KerasCall } from '../../catalogue/index.ts';
import { ProblemError } from '../../errors.ts';
import type { NetworkLayer } from '../../graph/index.ts';
import { list, named, type Python, positional } from '../python/expression.ts';
import { literal } from '../python/literals.ts';
import { layerCall, operationCall, type WrittenArguments } from './arguments.ts';

/** The Keras call of a layer, and that of one with all parameters at their defaults. */
export interface CallOfLayer {
  readonly call: KerasCall;
  readonly assumed: KerasCall;
}

/** @throws ProblemError where Keras has no such layer */
export function callOfLayer({ id, name, type, definition, params, inputShapes }: NetworkLayer): CallOfLayer {
  const call = definition.keras?.(params, inputShapes);
  const assumed = definition.keras?.(defaultParams(definition), inputShapes);
  if (call && assumed) return { call, assumed };
  throw new ProblemError({
    code: 'keras-unsupported',
    title: 'Not in Keras',
    message: `Layer "${name}" (${definition.title}) has no counterpart in Keras, so no Keras code can be written for this design. Replace the layer.`,
    nodeId: id,
    facts: { layer: name, type },
  });
}

/** `layers.Dense(3, name="dense_1")(x)`: a layer, called with what it reads, in wire order. */
export function appliedLayer(
  { definition }: NetworkLayer,
  call: KerasCall,
  name: Python,
  read: readonly Python[],
  written: WrittenArguments,
): Python {
  const { inputs = read.keys(), kwargs = {} } = call.call ?? {};
  const sources = [...inputs].flatMap((index) => read[index] ?? []);
  if (call.operation !== undefined) return operationCall(call, sources, written);
  const many = definition.inputs.some((port) => port.arity === 'many');
  return {
    kind: 'apply',
    layer: layerCall(name, call, written),
    args: [
      ...(many ? [list(sources)] : sources).map(positional),
      ...Object.entries(kwargs).map(([key, value]) => named(key, literal(value))),
    ],
  };
}
