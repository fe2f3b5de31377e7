import { defaultParams } from '../../catalogue/index.ts';
import { ProblemError } from '../../errors.ts';
import { type Network, type NetworkLayer, type NetworkSource, shapeOf } from '../../graph/index.ts';
import { atom, call, list, named, type Python, positional, tuple } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { literal, number, string } from '../python/literals.ts';
import { variableNames } from '../python/names.ts';
import { layerCall, operationCall } from './arguments.ts';

/** `def build_model()`: one line a layer, variables named as the layers are. */
export function networkCode(network: Network, modelName: string): string[] {
  const variables = variableNames(
    network.layers.map((layer) => layer.exportName),
    ['keras', 'layers', 'np'],
  );
  const nameOf = (layer: NetworkLayer) => variables.get(layer.exportName) ?? layer.exportName;
  const variable = ({ layer, port }: NetworkSource) =>
    atom(layer.outputShapes.length > 1 ? `${nameOf(layer)}[${port}]` : nameOf(layer));
  const lines = network.layers.flatMap((layer) => statement(`${nameOf(layer)} = `, layerValue(layer, variable), 4));
  const model = call('keras.Model', [
    positional(oneOrList(network.inputs.map((layer) => variable({ layer, port: 0 })))),
    positional(oneOrList(network.outputs.map((output) => variable(output.source)))),
    named('name', string(modelName)),
  ]);
  return [
    'def build_model():',
    '    """The network, with fresh weights."""',
    ...lines,
    ...statement('return ', model, 4),
  ];
}

function layerValue(layer: NetworkLayer, variable: (source: NetworkSource) => Python): Python {
  if (layer.type === 'Input')
    return call('keras.Input', [
      positional(tuple(shapeOf({ layer, port: 0 }).map((n) => number(n)))),
      named('name', string(layer.exportName)),
    ]);
  const { definition, inputShapes } = layer;
  const kerasCall = definition.keras?.(layer.params, inputShapes);
  const assumed = definition.keras?.(defaultParams(definition), inputShapes);
  if (!kerasCall || !assumed)
    throw new ProblemError({
      code: 'keras-unsupported',
      title: 'Not in Keras',
      message: `Layer "${layer.name}" (${definition.title}) has no counterpart in Keras, so no Keras code can be written for this design. Replace the layer.`,
      nodeId: layer.id,
      facts: { layer: layer.name, type: layer.type },
    });
  const { inputs = layer.sources.keys(), kwargs = {} } = kerasCall.call ?? {};
  const sources = [...inputs].flatMap((index) => layer.sources[index] ?? []).map(variable);
  const many = definition.inputs.some((port) => port.arity === 'many');
  if (kerasCall.operation !== undefined) return operationCall(kerasCall, sources);
  return {
    kind: 'apply',
    layer: layerCall(layer.exportName, kerasCall, assumed),
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
