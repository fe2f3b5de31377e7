import { type KerasCall, kerasConfigValue } from '../../catalogue/index.ts';
import { ProblemError } from '../../errors.ts';
import { type Network, type NetworkLayer, type NetworkSource, shapeOf } from '../../graph/index.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

/** `config.json` of a `.keras` file: a Keras 3 functional model. It is not compiled; whoever loads it says how to train it. */
export function kerasModelConfig(name: string, network: Network): JsonObject {
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name,
      trainable: true,
      layers: network.layers.map(layerConfig),
      input_layers: references(network.inputs.map((layer) => ({ layer, port: 0 }))),
      output_layers: references(network.outputs.map((output) => output.source)),
    },
    registered_name: 'Functional',
    build_config: { input_shape: null },
  };
}

/** How Keras writes this layer. @throws ProblemError `keras-unsupported`, naming the layer, where Keras has none like it. */
export function kerasCallOf(layer: NetworkLayer): KerasCall {
  const call = layer.definition.keras?.(layer.params, layer.inputShapes);
  if (call) return call;
  throw new ProblemError({
    code: 'keras-unsupported',
    title: 'Not in Keras',
    message: `Layer "${layer.name}" (${layer.definition.title}) has no counterpart in Keras, so this design cannot be exported to it. Replace the layer or choose another format.`,
    nodeId: layer.id,
    facts: { layer: layer.name, type: layer.type },
  });
}

function layerConfig(layer: NetworkLayer): JsonObject {
  const name = layer.exportName;
  const common = { module: 'keras.layers', registered_name: null, name };
  if (layer.type === 'Input') {
    const config = {
      batch_shape: [null, ...shapeOf({ layer, port: 0 })],
      dtype: 'float32',
      sparse: false,
      ragged: false,
      name,
    };
    return { ...common, class_name: 'InputLayer', config, inbound_nodes: [] };
  }
  const call = kerasCallOf(layer);
  const args = Object.entries(call.args).map(([key, value]): [string, JsonValue] => [key, kerasConfigValue(value)]);
  const { inputs = layer.sources.keys(), kwargs = {} } = call.call ?? {};
  const tensors = [...inputs].flatMap((index) => layer.sources[index] ?? []).map(tensorConfig);
  const many = layer.definition.inputs.some((port) => port.arity === 'many');
  return {
    ...common,
    // An operation is found where Keras defines it, and has no element type of its own.
    ...(call.operation !== undefined && { module: 'keras.src.ops.numpy', registered_name: call.className }),
    class_name: call.className,
    config: { name, ...(call.operation === undefined && { dtype: 'float32' }), ...Object.fromEntries(args) },
    inbound_nodes: [{ args: many ? [tensors] : tensors, kwargs }],
  };
}

function tensorConfig(source: NetworkSource): JsonObject {
  return {
    class_name: '__keras_tensor__',
    config: { shape: [null, ...shapeOf(source)], dtype: 'float32', keras_history: reference(source) },
  };
}

/** A tensor by its layer's name, which call of the layer, and which of its outputs. */
function reference({ layer, port }: NetworkSource): JsonValue {
  return [layer.exportName, 0, port];
}

/** Keras writes a single tensor's reference flat, and several as a list of references. */
function references(sources: readonly NetworkSource[]): JsonValue {
  const all = sources.map(reference);
  return (all.length === 1 ? all[0] : all) ?? [];
}
