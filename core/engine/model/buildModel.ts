import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { TfLayer } from '../../catalogue/index.ts';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import {
  type Head,
  type Network,
  type NetworkLayer,
  type NetworkOutput,
  resolveNetwork,
  shapeOf,
} from '../../graph/index.ts';
import type { Shape } from '../../tensor/index.ts';
import { createContext } from './context.ts';
import { nameFailures } from './layerFailure.ts';
import { type Lookup, lookupsOf } from './lookups.ts';
import { eachOnce } from './readers.ts';
import { forgetSortedGraphs } from './sortedGraphs.ts';
import { type ModelWeight, mapWeights } from './weights.ts';

type Tensor = tfl.SymbolicTensor;

export interface ModelInput {
  readonly nodeId: string;
  readonly shape: Shape;
}

export interface BuiltModel {
  /** What it was built from. */
  readonly network: Network;
  /** Inputs to predictions, one output a head, as people will use it. */
  readonly model: tfl.LayersModel;
  /**
   * Same layers and weights; puts out for each head what its loss is computed from, and then what else has a penalty on it: a softmax that
   * the loss goes around, say. In mode `export` no loss goes around anything.
   */
  readonly trainModel: tfl.LayersModel;
  readonly inputs: readonly ModelInput[];
  /** As the design says: what the data say comes by `fitToData`. */
  readonly heads: readonly Head[];
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
 * Builds the TensorFlow.js model a document describes, with freshly initialised weights. For export layers are called as in exported files,
 * for training by what their random numbers are drawn by.
 * @throws ProblemError the first error that the design rules find
 */
export function buildModel(document: LoomDocument, options: BuildOptions): BuiltModel {
  const network = resolveNetwork(document);
  if (!network.ok) throw new ProblemError(network.error);
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
    const ends = network.outputs.map((output) => this.buildHead(output));
    const nameAt = (place: number) => network.outputs[place]?.name ?? '';
    const ins = inputs.map((input) => input.tensor);
    const finals = eachOnce(
      ends.map(({ final }) => final),
      nameAt,
    );
    const trained = eachOnce(
      ends.map(({ trained }) => trained),
      (place) => `${nameAt(place)}.training`,
    );
    const gone = new Set(ends.flatMap(({ final, trained }) => (trained === final ? [] : [final])));
    const penalised = [...gone].filter((tensor) => this.penalised.has(tensor));
    return {
      network,
      model: tfl.model({ name, inputs: ins, outputs: finals }),
      trainModel: tfl.model({ name: `${name}_training`, inputs: ins, outputs: [...trained, ...penalised] }),
      inputs: inputs.map(({ tensor: _, ...input }) => input),
      heads: network.outputs.map(({ head }) => head),
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
    return { nodeId: input.id, shape, tensor };
  }

  private incoming(layer: NetworkLayer): Tensor[] {
    return layer.sources.flatMap((source) => this.built.get(source.layer)?.finals[source.port] ?? []);
  }

  private buildLayer(layer: NetworkLayer): void {
    const { definition, params } = layer;
    const called = this.options.mode === 'train' ? layer.drawName : layer.exportName;
    if (!definition.tf) return;
    const tensors = eachOnce(this.incoming(layer), (place) => `${called}.input_${place + 1}`);
    const split =
      this.options.mode === 'train' &&
      this.network.outputs.some(({ source, head }) => source.layer === layer && head.goesAround);
    const context = createContext({
      ...this.options,
      name: called,
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
    // What the last of the chain reads: the input of a softmax or sigmoid layer, or what a linear layer gives whose activation follows.
    this.built.set(layer, { finals, logits: split ? before : null });
    if (params.activityRegularizer) for (const final of finals) this.penalised.add(final);
    this.weights.push(...mapWeights(layer, chain));
  }

  private buildHead({ name, source, head }: NetworkOutput): { readonly final: Tensor; readonly trained: Tensor } {
    const built = this.built.get(source.layer);
    const final = built?.finals[source.port];
    if (!built || !final) throw new Error(`Output ${name} has no input although the design passed analysis`);
    if (this.options.mode === 'export' || !head.goesAround) return { final, trained: final };
    if (!built.logits) throw new Error(`${source.layer.type} cannot leave off the activation that it says it ends in`);
    return { final, trained: built.logits };
  }
}
