import { type KerasCall, kerasConfigValue } from '../../catalogue/index.ts';
import { ProblemError } from '../../errors.ts';
import type { Network, NetworkLayer } from '../../graph/index.ts';
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
      input_layers: references(network.inputs),
      output_layers: references(network.outputs.flatMap((output) => output.sources)),
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
    message: `Layer "${layer.node.name}" (${layer.definition.title}) has no counterpart in Keras, so this design cannot be exported to it. Replace the layer or choose another format.`,
    nodeId: layer.node.id,
    facts: { layer: layer.node.name, type: layer.node.type },
  });
}

function layerConfig(layer: NetworkLayer): JsonObject {
  const { name } = layer.node;
  const common = { module: 'keras.layers', registered_name: null, name };
  if (layer.node.type === 'Input') {
    const config = { batch_shape: [null, ...layer.outputShape], dtype: 'float32', sparse: false, ragged: false, name };
    return { ...common, class_name: 'InputLayer', config, inbound_nodes: [] };
  }
  const call = kerasCallOf(layer);
  const args = Object.entries(call.args).map(([key, value]): [string, JsonValue] => [key, kerasConfigValue(value)]);
  const { inputs = layer.sources.keys(), kwargs = {} } = call.call ?? {};
  const tensors = [...inputs].flatMap((index) => layer.sources[index] ?? []).map(tensorConfig);
  const many = layer.definition.inputs.some((port) => port.arity === 'many');
  return {
    ...common,
    class_name: call.className,
    config: { name, dtype: 'float32', ...Object.fromEntries(args) },
    inbound_nodes: [{ args: many ? [tensors] : tensors, kwargs }],
  };
}

function tensorConfig(source: NetworkLayer): JsonObject {
  return {
    class_name: '__keras_tensor__',
    config: { shape: [null, ...source.outputShape], dtype: 'float32', keras_history: [source.node.name, 0, 0] },
  };
}

/** Keras writes a single tensor's reference flat, and several as a list of references. */
function references(layers: readonly NetworkLayer[]): JsonValue {
  const all = layers.map((layer) => [layer.node.name, 0, 0]);
  return (all.length === 1 ? all[0] : all) ?? [];
}
