import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { AnyParams, TfLayer } from '../../catalogue/index.ts';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { type Network, type NetworkLayer, type NetworkOutput, resolveNetwork, shapeOf } from '../../graph/index.ts';
import type { Shape } from '../../tensor/index.ts';
import { type LossName, lossOf, type MetricSettings } from '../../training/index.ts';
import { createContext } from './context.ts';
import { nameFailures } from './layerFailure.ts';
import { type Lookup, lookupsOf } from './lookups.ts';
import { eachOnce } from './readers.ts';
import { forgetSortedGraphs } from './sortedGraphs.ts';
import { type ModelWeight, mapWeights } from './weights.ts';

type Tensor = tfl.SymbolicTensor;

export interface ModelInput {
  readonly nodeId: string;
  readonly name: string;
  /** Field of the data it reads; empty: the only one there is. */
  readonly field: string;
  readonly shape: Shape;
}

/** One Output node: what it is compared with and how. */
export interface ModelHead {
  readonly nodeId: string;
  readonly name: string;
  readonly field: string;
  readonly loss: LossName;
  /** Values of the loss's own parameters. */
  readonly lossParams: AnyParams;
  /** Chosen beside the one that every head has. */
  readonly metrics: readonly MetricSettings[];
  readonly lossWeight: number;
  readonly shape: Shape;
  /**
   * `logits`: the training model puts out what stands before the softmax or sigmoid, and the loss is computed from it. `probabilities`:
   * a cross-entropy that has to work on what already went through one. `values`: everything else.
   */
  readonly trainsOn: 'logits' | 'probabilities' | 'values';
  /** The design itself ends in logits (`fromLogits`): predictions still need the softmax or sigmoid. */
  readonly endsInLogits: boolean;
}

export interface BuiltModel {
  /** What it was built from. */
  readonly network: Network;
  /** Inputs to predictions, one output a head, as people will use it. */
  readonly model: tfl.LayersModel;
  /**
   * Same layers and weights; puts out for each head what its loss is computed from, and then what else has a penalty on it: a softmax that
   * the loss goes around, say.
   */
  readonly trainModel: tfl.LayersModel;
  readonly inputs: readonly ModelInput[];
  readonly heads: readonly ModelHead[];
  readonly weights: readonly ModelWeight[];
  /** Embeddings that read Inputs: what `checkLookups` looks at. */
  readonly lookups: readonly Lookup[];
  /** Releases every weight. */
  dispose(): void;
}

export interface BuildOptions {
  readonly seed: number;
  readonly mode: 'train' | 'export';
}

/**
 * Builds the TensorFlow.js model a document describes, with freshly initialised weights. Layers are called as in exported files.
 * @throws ProblemError `design-not-buildable` with the first problem's sentence when the design has errors.
 */
export function buildModel(document: LoomDocument, options: BuildOptions): BuiltModel {
  const network = resolveNetwork(document);
  if (!network.ok)
    throw new ProblemError({
      ...network.error,
      code: 'design-not-buildable',
      message: `The network cannot be built. ${network.error.message}`,
    });
  const name = /^[A-Za-z]/.test(document.name) ? document.name.replace(/[^A-Za-z0-9_]+/g, '_') : 'model';
  // Stock layers let go of nothing they make their first weights from (LSTM's bias with its ones). Weights themselves outlive the scope.
  tf.engine().startScope('build');
  try {
    return new Builder(network.value, name, options).build();
  } finally {
    tf.engine().endScope();
  }
}

/** What was built of a layer: its outputs, and what stands before its activation where that was asked for. */
interface Built {
  readonly finals: readonly Tensor[];
  readonly logits: Tensor | null;
}

class Builder {
  private readonly network: Network;
  private readonly name: string;
  private readonly options: BuildOptions;
  private readonly built = new Map<NetworkLayer, Built>();
  private readonly weights: ModelWeight[] = [];
  private readonly layers: TfLayer[] = [];
  /** Outputs of layers that have a penalty on them. */
  private readonly penalised = new Set<Tensor>();

  constructor(network: Network, name: string, options: BuildOptions) {
    this.network = network;
    this.name = name;
    this.options = options;
  }

  build(): BuiltModel {
    const { network, name, layers, weights } = this;
    const inputs = network.inputs.map((input) => this.buildInput(input));
    for (const layer of network.layers) if (layer.type !== 'Input') this.buildLayer(layer);
    const heads = network.outputs.map((output) => this.buildHead(output));
    const ins = inputs.map((input) => input.tensor);
    const finals = eachOnce(
      heads.map((head) => head.final),
      (place) => heads[place]?.name ?? '',
    );
    const trained = eachOnce(
      heads.map((head) => head.trained),
      (place) => `${heads[place]?.name}.training`,
    );
    const gone = new Set(heads.filter((head) => head.trained !== head.final).map((head) => head.final));
    const penalised = [...gone].filter((tensor) => this.penalised.has(tensor));
    return {
      network,
      model: tfl.model({ name, inputs: ins, outputs: finals }),
      trainModel: tfl.model({ name: `${name}_training`, inputs: ins, outputs: [...trained, ...penalised] }),
      inputs: inputs.map(({ tensor: _, ...input }) => input),
      heads: heads.map(({ final: _, trained: __, ...head }) => head),
      weights,
      lookups: lookupsOf(network),
      dispose: () => {
        for (const layer of layers) for (const weight of layer.weights) weight.dispose();
        forgetSortedGraphs();
      },
    };
  }

  private buildInput(input: NetworkLayer): ModelInput & { tensor: Tensor } {
    const shape = shapeOf({ layer: input, port: 0 });
    const tensor = tfl.input({ shape: [...shape], name: input.exportName, dtype: 'float32' });
    this.built.set(input, { finals: [tensor], logits: null });
    return { nodeId: input.id, name: input.name, field: String(input.params.field), shape, tensor };
  }

  private incoming(layer: NetworkLayer): Tensor[] {
    return layer.sources.flatMap((source) => this.built.get(source.layer)?.finals[source.port] ?? []);
  }

  private buildLayer(layer: NetworkLayer): void {
    const { definition, params, exportName } = layer;
    if (!definition.tf) return;
    const tensors = eachOnce(this.incoming(layer), (place) => `${exportName}.input_${place + 1}`);
    const split = this.options.mode === 'train' && this.feedsCrossEntropy(layer);
    const context = createContext({
      ...this.options,
      name: exportName,
      inputs: layer.inputShapes,
      splitActivation: split,
    });
    const made = definition.tf(params, context);
    const chain: readonly TfLayer[] = Array.isArray(made) ? made : [made as TfLayer];
    for (const part of chain) nameFailures(part, { nodeId: layer.id, name: layer.name, title: definition.title });
    let current: Tensor | Tensor[] = tensors.length === 1 && tensors[0] ? tensors[0] : tensors;
    let before: Tensor | null = null;
    for (const part of chain) {
      before = Array.isArray(current) ? null : current;
      current = part.apply(current) as Tensor | Tensor[];
      this.layers.push(part);
    }
    const finals = Array.isArray(current) ? current : [current];
    // A softmax or sigmoid layer of its own: its input is the logits. A built-in activation, split off: the linear layer's output.
    const ownLogits = isProbabilityLayer(layer) || (split && chain.length > 1);
    this.built.set(layer, { finals, logits: ownLogits ? before : null });
    if (params.activityRegularizer) for (const final of finals) this.penalised.add(final);
    this.weights.push(...mapWeights(layer, chain));
  }

  /** Whether some Output with a matching cross-entropy reads this layer's softmax or sigmoid. */
  private feedsCrossEntropy(layer: NetworkLayer): boolean {
    const { activation } = layer.params;
    if (activation !== 'softmax' && activation !== 'sigmoid') return false;
    return this.network.outputs.some(
      ({ source, params }) =>
        source.layer === layer && !params.fromLogits && pairs(params.loss as LossName, activation),
    );
  }

  private buildHead({ id, name, params, source }: NetworkOutput): ModelHead & { final: Tensor; trained: Tensor } {
    const built = this.built.get(source.layer);
    const final = built?.finals[source.port];
    if (!built || !final) throw new Error(`Output ${name} has no input although the design passed analysis`);
    const loss = params.loss as LossName;
    const definition = lossOf(loss);
    const crossEntropy = definition.activation !== null;
    const endsInLogits = crossEntropy && params.fromLogits === true;
    const activation = isProbabilityLayer(source.layer) ?? String(source.layer.params.activation ?? '');
    const logits = crossEntropy && !endsInLogits && pairs(loss, activation) ? built.logits : null;
    return {
      nodeId: id,
      name,
      field: String(params.field),
      loss,
      lossParams: Object.fromEntries(Object.keys(definition.params).map((name) => [name, params[name] ?? null])),
      // checkParams has held them against the schema of the metrics.
      metrics: params.metrics as unknown as readonly MetricSettings[],
      lossWeight: Number(params.lossWeight),
      shape: shapeOf(source),
      trainsOn: endsInLogits || logits ? 'logits' : crossEntropy ? 'probabilities' : 'values',
      endsInLogits,
      final,
      trained: logits ?? final,
    };
  }
}

/** The activation of a layer that is nothing but a softmax or a sigmoid; null for other layers. */
function isProbabilityLayer({ type, params }: NetworkLayer): 'softmax' | 'sigmoid' | null {
  if (type === 'Softmax' && (params.axis ?? -1) === -1) return 'softmax';
  return type === 'Sigmoid' ? 'sigmoid' : null;
}

function pairs(loss: LossName, activation: string): boolean {
  return lossOf(loss).activation === activation;
}
