import * as tfl from '@tensorflow/tfjs-layers';
import {
  type AnyParams,
  checkParams,
  findLayer,
  type LossName,
  type TfLayer,
  type WeightSpec,
} from '../../catalogue/index.ts';
import type { LayerNode, LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { type Analysis, activeNodes, analyse, incomingEdges, rootGraph } from '../../graph/index.ts';
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
  readonly labelSmoothing: number;
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
 * Builds the TensorFlow.js model a document describes, with freshly initialised weights. Layers are called as their nodes.
 * @throws ProblemError `design-not-buildable` with the first problem's sentence when the design has errors.
 */
export function buildModel(document: LoomDocument, options: BuildOptions): BuiltModel {
  const analysis = analyse({ document, dataset: null });
  const error = analysis.problems.find((problem) => problem.severity === 'error');
  if (!analysis.buildable || error)
    throw new ProblemError({
      ...error,
      code: 'design-not-buildable',
      title: error?.title ?? 'Design',
      message: `The network cannot be built. ${error?.message ?? 'It has errors; see the Problems list.'}`,
    });
  return new Builder(document, analysis, options).build();
}

class Builder {
  private readonly document: LoomDocument;
  private readonly analysis: Analysis;
  private readonly options: BuildOptions;
  /** Output of each built node, and what stands before its activation where that was asked for. */
  private readonly outputs = new Map<string, { final: Tensor; logits: Tensor | null }>();
  private readonly weights: ModelWeight[] = [];
  private readonly layers: TfLayer[] = [];
  private readonly names = new Set<string>();
  /** Outputs of nodes that have a penalty on them. */
  private readonly penalised = new Set<Tensor>();

  constructor(document: LoomDocument, analysis: Analysis, options: BuildOptions) {
    this.document = document;
    this.analysis = analysis;
    this.options = options;
  }

  build(): BuiltModel {
    const graph = rootGraph(this.document);
    const inputs: (ModelInput & { tensor: Tensor })[] = [];
    const heads: (ModelHead & { final: Tensor; trained: Tensor })[] = [];
    // Layers that stand by themselves or lead nowhere are no part of the network.
    const active = activeNodes(graph);
    for (const nodeId of this.analysis.order) {
      const node = graph.nodes[nodeId];
      if (!node || !active.has(nodeId)) continue;
      this.claimName(node);
      if (node.type === 'Input') inputs.push(this.buildInput(node));
      else if (node.type === 'Output') heads.push(this.buildHead(node));
      else this.buildNode(node);
    }
    const ins = inputs.map((input) => input.tensor);
    const name = /^[A-Za-z]/.test(this.document.name) ? this.document.name.replace(/[^A-Za-z0-9_]+/g, '_') : 'model';
    const { layers, weights } = this;
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
      model: tfl.model({ name, inputs: ins, outputs: finals }),
      trainModel: tfl.model({ name: `${name}_training`, inputs: ins, outputs: [...trained, ...penalised] }),
      inputs: inputs.map(({ tensor: _, ...input }) => input),
      heads: heads.map(({ final: _, trained: __, ...head }) => head),
      weights,
      lookups: lookupsOf(
        this.document,
        this.analysis.order.flatMap((id) => (active.has(id) ? (graph.nodes[id] ?? []) : [])),
        (node) => this.paramsOf(node).params,
      ),
      dispose: () => {
        for (const layer of layers) for (const weight of layer.weights) weight.dispose();
        forgetSortedGraphs();
      },
    };
  }

  private claimName(node: LayerNode): void {
    if (this.names.has(node.name))
      throw new ProblemError({
        code: 'duplicate-name',
        title: 'Layer name',
        message: `Two layers are called ${node.name}. Give each its own name: weights are stored under it.`,
        nodeId: node.id,
      });
    this.names.add(node.name);
  }

  private paramsOf(node: LayerNode): { params: AnyParams; definition: NonNullable<ReturnType<typeof findLayer>> } {
    const definition = findLayer(node.type);
    if (!definition)
      throw new ProblemError({
        code: 'unknown-layer',
        title: 'Unknown layer',
        message: `${node.name} is a ${node.type} layer, which this version does not know. Remove it, or open the design with the version that made it.`,
        nodeId: node.id,
      });
    return { definition, params: checkParams(definition, node.params).params };
  }

  private buildInput(node: LayerNode): ModelInput & { tensor: Tensor } {
    const { params } = this.paramsOf(node);
    const shape = params.shape as readonly number[];
    const tensor = tfl.input({ shape: [...shape], name: node.name, dtype: 'float32' });
    this.outputs.set(node.id, { final: tensor, logits: null });
    return { nodeId: node.id, name: node.name, field: String(params.field), shape, tensor };
  }

  private incoming(node: LayerNode): { sources: LayerNode[]; tensors: Tensor[] } {
    const graph = rootGraph(this.document);
    const sources = incomingEdges(graph, node.id).flatMap((edge) => graph.nodes[edge.source] ?? []);
    return { sources, tensors: sources.flatMap((source) => this.outputs.get(source.id)?.final ?? []) };
  }

  private buildNode(node: LayerNode): void {
    const { definition, params } = this.paramsOf(node);
    if (!definition.tf) return;
    const inputs = (this.analysis.nodes.get(node.id)?.inputShapes ?? []).flatMap((shape) => (shape ? [shape] : []));
    const tensors = eachOnce(this.incoming(node).tensors, (place) => `${node.name}.input_${place + 1}`);
    const split = this.options.mode === 'train' && this.feedsCrossEntropy(node, params);
    const context = createContext({ ...this.options, name: node.name, inputs, splitActivation: split });
    const made = definition.tf(params, context);
    const chain: readonly TfLayer[] = Array.isArray(made) ? made : [made as TfLayer];
    for (const layer of chain) nameFailures(layer, { nodeId: node.id, name: node.name, title: definition.title });
    let current: Tensor | Tensor[] = tensors.length === 1 && tensors[0] ? tensors[0] : tensors;
    let before: Tensor | null = null;
    for (const layer of chain) {
      before = Array.isArray(current) ? null : current;
      current = layer.apply(current) as Tensor;
      this.layers.push(layer);
    }
    const final = current as unknown as Tensor;
    // A softmax or sigmoid layer of its own: its input is the logits. A built-in activation, split off: the linear layer's output.
    const isActivationLayer = isProbabilityLayer(node);
    this.outputs.set(node.id, { final, logits: isActivationLayer || (split && chain.length > 1) ? before : null });
    if (params.activityRegularizer) this.penalised.add(final);
    const specs: readonly WeightSpec[] = definition.weights(params, inputs);
    this.weights.push(...mapWeights(node, specs, chain));
  }

  /** Whether some Output with a matching cross-entropy reads this node's softmax or sigmoid. */
  private feedsCrossEntropy(node: LayerNode, params: AnyParams): boolean {
    if (params.activation !== 'softmax' && params.activation !== 'sigmoid') return false;
    const graph = rootGraph(this.document);
    return Object.values(graph.edges).some((edge) => {
      const target = edge.source === node.id ? graph.nodes[edge.target] : undefined;
      if (target?.type !== 'Output') return false;
      const head = this.paramsOf(target).params;
      return !head.fromLogits && pairs(head.loss as LossName, String(params.activation));
    });
  }

  private buildHead(node: LayerNode): ModelHead & { final: Tensor; trained: Tensor } {
    const { params } = this.paramsOf(node);
    const source = this.incoming(node).sources[0];
    const arrives = source ? this.outputs.get(source.id) : undefined;
    if (!source || !arrives) throw new Error(`Output ${node.name} has no input although the design passed analysis`);
    const loss = params.loss as LossName;
    const crossEntropy = loss === 'categoricalCrossentropy' || loss === 'binaryCrossentropy';
    const endsInLogits = crossEntropy && params.fromLogits === true;
    const activation = isProbabilityLayer(source) ?? String(this.paramsOf(source).params.activation ?? '');
    const logits = crossEntropy && !endsInLogits && pairs(loss, activation) ? arrives.logits : null;
    return {
      nodeId: node.id,
      name: node.name,
      field: String(params.field),
      loss,
      labelSmoothing: crossEntropy ? Number(params.labelSmoothing) : 0,
      lossWeight: Number(params.lossWeight),
      shape: this.analysis.nodes.get(node.id)?.inputShapes[0] ?? [],
      trainsOn: endsInLogits || logits ? 'logits' : crossEntropy ? 'probabilities' : 'values',
      endsInLogits,
      final: arrives.final,
      trained: logits ?? arrives.final,
    };
  }
}

/** The activation of a layer that is nothing but a softmax or a sigmoid; null for other layers. */
function isProbabilityLayer(node: LayerNode): 'softmax' | 'sigmoid' | null {
  if (node.type === 'Softmax' && (node.params.axis ?? -1) === -1) return 'softmax';
  return node.type === 'Sigmoid' ? 'sigmoid' : null;
}

function pairs(loss: LossName, activation: string): boolean {
  return (
    (loss === 'categoricalCrossentropy' && activation === 'softmax') ||
    (loss === 'binaryCrossentropy' && activation === 'sigmoid')
  );
}
