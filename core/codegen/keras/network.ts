import { type Network, type NetworkLayer, type NetworkSource, shapeOf } from '../../graph/index.ts';
import { atom, call, list, named, type Python, positional, tuple } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { number, string } from '../python/literals.ts';
import { variableNames } from '../python/names.ts';
import { argumentValue, isWritten } from './arguments.ts';
import { appliedLayer, callOfLayer } from './layerCode.ts';

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
  return [
    ...BUILD_MODEL,
    ...lines,
    ...modelReturned(
      modelName,
      network.inputs.map((layer) => variable({ layer, port: 0 })),
      network.outputs.map((output) => variable(output.source)),
    ),
  ];
}

export const BUILD_MODEL = ['def build_model():', '    """The network, with fresh weights."""'] as const;

/** `return keras.Model(inputs, outputs, name="...")` */
export function modelReturned(modelName: string, inputs: readonly Python[], outputs: readonly Python[]): string[] {
  const model = call('keras.Model', [
    positional(oneOrList(inputs)),
    positional(oneOrList(outputs)),
    named('name', string(modelName)),
  ]);
  return statement('return ', model, 4);
}

/** `keras.Input((8, 8, 1), name="input_1")` */
export function inputCode(layer: NetworkLayer): Python {
  return call('keras.Input', [
    positional(tuple(shapeOf({ layer, port: 0 }).map((n) => number(n)))),
    named('name', string(layer.exportName)),
  ]);
}

function layerValue(layer: NetworkLayer, variable: (source: NetworkSource) => Python): Python {
  if (layer.type === 'Input') return inputCode(layer);
  const { call: kerasCall, assumed } = callOfLayer(layer);
  return appliedLayer(layer, kerasCall, string(layer.exportName), layer.sources.map(variable), (argument) => {
    const value = kerasCall.args[argument];
    return value !== undefined && isWritten(argument, kerasCall, assumed) ? argumentValue(argument, value) : null;
  });
}

function oneOrList(values: readonly Python[]): Python {
  const [first] = values;
  return first !== undefined && values.length === 1 ? first : list(values);
}
