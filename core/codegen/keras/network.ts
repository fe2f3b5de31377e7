import { defaultParams } from '../../catalogue/index.ts';
import { ProblemError } from '../../errors.ts';
import type { Network, NetworkLayer } from '../../graph/index.ts';
import { atom, call, list, named, type Python, positional, tuple } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { literal, number, string } from '../python/literals.ts';
import { variableNames } from '../python/names.ts';
import { layerCall } from './arguments.ts';

/** `def build_model()`: one line a layer, variables named as the layers are. */
export function networkCode(network: Network, modelName: string): string[] {
  const variables = variableNames(
    network.layers.map((layer) => layer.node.name),
    ['keras', 'layers', 'np'],
  );
  const variable = (layer: NetworkLayer) => atom(variables.get(layer.node.name) ?? layer.node.name);
  const lines = network.layers.flatMap((layer) =>
    statement(`${variables.get(layer.node.name) ?? layer.node.name} = `, layerValue(layer, variable), 4),
  );
  const model = call('keras.Model', [
    positional(oneOrList(network.inputs.map(variable))),
    positional(oneOrList(network.outputs.flatMap((output) => output.sources).map(variable))),
    named('name', string(modelName)),
  ]);
  return [
    'def build_model():',
    '    """The network, with fresh weights."""',
    ...lines,
    ...statement('return ', model, 4),
  ];
}

function layerValue(layer: NetworkLayer, variable: (layer: NetworkLayer) => Python): Python {
  if (layer.node.type === 'Input')
    return call('keras.Input', [
      positional(tuple(layer.outputShape.map((n) => number(n)))),
      named('name', string(layer.node.name)),
    ]);
  const { definition, inputShapes } = layer;
  const kerasCall = definition.keras?.(layer.params, inputShapes);
  const assumed = definition.keras?.(defaultParams(definition), inputShapes);
  if (!kerasCall || !assumed)
    throw new ProblemError({
      code: 'keras-unsupported',
      title: 'Not in Keras',
      message: `Layer "${layer.node.name}" (${definition.title}) has no counterpart in Keras, so no Keras code can be written for this design. Replace the layer.`,
      nodeId: layer.node.id,
      facts: { layer: layer.node.name, type: layer.node.type },
    });
  const { inputs = layer.sources.keys(), kwargs = {} } = kerasCall.call ?? {};
  const sources = [...inputs].flatMap((index) => layer.sources[index] ?? []).map(variable);
  const many = definition.inputs.some((port) => port.arity === 'many');
  return {
    kind: 'apply',
    layer: layerCall(layer.node.name, kerasCall, assumed),
    args: [
      ...(many ? [list(sources)] : sources).map(positional),
      ...Object.entries(kwargs).map(([name, value]) => named(name, literal(value))),
    ],
  };
}

function oneOrList(values: readonly Python[]): Python {
  const [first] = values;
  return first !== undefined && values.length === 1 ? first : list(values);
}
