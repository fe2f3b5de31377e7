import { type AnyLayerDefinition, type AnyParams, findLayer, listLayers } from '../../../core/catalogue/index.ts';
import { DEFAULT_TRAINING, type LoomDocument } from '../../../core/document/index.ts';
import { type Random, seededRandom, shuffled } from '../../../core/engine/model/random.ts';
import { layerPorts } from '../../../core/graph/index.ts';
import { type Shape, sizeOf } from '../../../core/tensor/index.ts';
import type { OptimizerSettings } from '../../../core/training/index.ts';
import { type BuiltNode, designOf, type Read } from '../exportDesigns.ts';
import { intoBlock } from './intoBlock.ts';
import { below, pick, sampleParams } from './sampleParams.ts';

/** How many values a layer may put out, and how many weights it may have, for a sample. */
const LARGEST = 700;
const MOST_WEIGHTS = 4000;
/** Whole numbers that stand for words. */
export const WORDS = 12;
export const BATCH_SIZE = 5;
export const EPOCHS = 2;

interface Tensor {
  /** The layer it comes from, and at which output. */
  readonly name: string;
  readonly port?: string;
  readonly shape: Shape;
  /** Whole numbers, for an Embedding alone. */
  readonly words: boolean;
}

export interface RandomNetwork {
  readonly seed: number;
  readonly document: LoomDocument;
  readonly inputs: readonly Tensor[];
  readonly heads: readonly Head[];
  /** Masks are drawn while it trains, which no other framework can draw alike. */
  readonly dropsOut: boolean;
  /** For the report: what it is made of. */
  readonly layers: readonly string[];
}

export interface Head {
  readonly name: string;
  readonly shape: Shape;
  /** Classes of its target; null where the target is numbers. */
  readonly classes: number | null;
}

/**
 * A sound network from a seed: three to thirty layers of any type of the catalogue with parameters drawn from their descriptors, one to
 * three inputs, one or two heads with any loss, layers that read one source more than once, layers with several outputs, and blocks within
 * blocks.
 */
export function randomNetwork(seed: number): RandomNetwork {
  return new Generator(seed).make();
}

const keyOf = ({ name, port }: Tensor): string => `${name} ${port ?? ''}`;
const readOf = ({ name, port }: Tensor): Read => (port === undefined ? name : { node: name, port });

class Generator {
  private readonly seed: number;
  private readonly random: Random;
  private readonly nodes: BuiltNode[] = [];
  private readonly tensors: Tensor[] = [];
  private readonly inputs: Tensor[] = [];
  private readonly read = new Set<string>();
  private readonly oddness: number;
  private readonly mayDrop: boolean;

  constructor(seed: number) {
    this.seed = seed;
    this.random = seededRandom('network', seed);
    this.oddness = pick(this.random, [0, 0.1, 0.3]);
    this.mayDrop = this.random() < 0.2;
  }

  make(): RandomNetwork {
    const { random } = this;
    const inputs = 1 + below(random, 3);
    for (let i = 0; i < inputs; i++) this.addInput(i);
    const wanted = 2 + below(random, random() < 0.3 ? 25 : 10);
    for (let tries = 0; this.nodes.length < wanted + inputs && tries < 600; tries++) this.grow();
    const heads = this.addHeads();
    const document = this.blocks(designOf(`Network ${this.seed}`, this.nodes));
    return {
      seed: this.seed,
      document: {
        ...document,
        // What is compared are losses of the numbers as they are.
        data: { ...document.data, targetScaling: 'none' },
        training: {
          ...DEFAULT_TRAINING,
          optimizer: optimizer(random),
          learningRate: 0.01,
          batchSize: BATCH_SIZE,
          epochs: EPOCHS,
          shuffle: false,
          seed: this.seed,
        },
      },
      inputs: this.inputs,
      heads,
      dropsOut: this.nodes.some(({ params }) =>
        ['rate', 'dropout', 'recurrentDropout'].some((name) => Number((params as AnyParams)[name] ?? 0) > 0),
      ),
      layers: this.nodes.map(({ type }) => type),
    };
  }

  private addInput(i: number): void {
    const size = () => 2 + below(this.random, 4);
    const kind = pick(this.random, ['vector', 'sequence', 'sequence', 'map', 'map', 'volume', 'words'] as const);
    const shape = {
      vector: [size()],
      sequence: [1 + below(this.random, 5), size()],
      map: [size() + 1, size() + 1, size() - 1],
      volume: [size() + 1, size(), size(), 1 + below(this.random, 3)],
      words: [size()],
    }[kind];
    const name = `in_${i}`;
    this.nodes.push({ type: 'Input', name, params: { shape, field: `x${i}` }, reads: [] });
    this.inputs.push({ name, shape, words: kind === 'words' });
    this.tensors.push({ name, shape, words: kind === 'words' });
  }

  /** Adds a layer of a random type on random tensors, where its rules allow it. */
  private grow(): void {
    const { random } = this;
    const unread = this.tensors.filter((tensor) => !this.read.has(keyOf(tensor)));
    const source = random() < 0.6 && unread.length > 0 ? pick(random, unread) : pick(random, this.tensors);
    if (source.words) {
      this.add('Embedding', [source]);
      return;
    }
    const types = listLayers().filter(({ type }) => !['Input', 'Output', 'Embedding'].includes(type));
    // By family first: there are more activations than all that convolves.
    const family = pick(random, [...new Set(types.map((type) => type.family))]);
    // And of a family, the first that fits this input: a convolution over as many axes as it has, say.
    const placed = this.nodes.length;
    const layers = types.filter((type) => type.family === family && (this.mayDrop || family !== 'reg'));
    for (const at of shuffled(layers.length, random)) {
      const layer = layers[at];
      if (layer !== undefined && this.nodes.length === placed) this.add(layer.type, this.sources(layer, source));
    }
  }

  /** The tensors a layer gets, `first` among them; often one of them twice. */
  private sources(layer: AnyLayerDefinition, first: Tensor): Tensor[] {
    const { random } = this;
    const others = this.tensors.filter(({ words, shape }) => !words && shape.length === first.shape.length);
    const alike = () => (random() < 0.4 ? first : pick(random, others));
    if (layer.inputs[0]?.arity === 'many') {
      const more = Array.from({ length: 1 + below(random, 3) }, alike);
      return [first, ...more].sort(() => random() - 0.5);
    }
    return [first, ...layer.inputs.slice(1, 1 + below(random, layer.inputs.length)).map(alike)];
  }

  private add(type: string, sources: readonly Tensor[]): void {
    const layer = findLayer(type);
    if (!layer) throw new Error(`no layer ${type}`);
    const shapes = sources.map(({ shape }) => shape);
    const params = sampleParams(layer, shapes[0] ?? [], this.random, this.oddness);
    if (!this.mayDrop && (Number(params.dropout ?? 0) > 0 || Number(params.recurrentDropout ?? 0) > 0)) return;
    const inferred = layer.infer(params, shapes);
    if (!inferred.ok || sizeOf(inferred.shape) > LARGEST || sizeOf(inferred.shape) === 0) return;
    const weights = layer.weights(params, shapes).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (weights > MOST_WEIGHTS) return;
    this.place(type, params, sources, inferred.shape, inferred.others);
  }

  private place(
    type: string,
    params: object,
    sources: readonly Tensor[],
    shape: Shape,
    others: readonly Shape[] = [],
  ): Tensor {
    const name = `${type.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ type, name, params, reads: sources.map(readOf) });
    for (const source of sources) this.read.add(keyOf(source));
    const made = { name, shape, words: false };
    this.tensors.push(made);
    if (others.length > 0) {
      const ports = layerPorts({ type, params: params as AnyParams }).outputs;
      for (const [i, shape] of others.entries())
        this.tensors.push({ name, port: ports[i + 1]?.name ?? '?', shape, words: false });
    }
    return made;
  }

  /** Puts a stretch of layers into a block, and often a part of these into a block within it. */
  private blocks(document: LoomDocument): LoomDocument {
    const { random } = this;
    const inner = this.nodes.filter(({ type }) => type !== 'Input' && type !== 'Output').map(({ name }) => name);
    if (random() < 0.5 || inner.length < 2) return document;
    const stretch = (names: readonly string[]) => {
      const from = below(random, names.length - 1);
      return names.slice(from, from + 2 + below(random, names.length - from - 1));
    };
    const outer = stretch(inner);
    const once = intoBlock(document, 'main', outer, 'stage');
    return outer.length < 3 || random() < 0.5 ? once : intoBlock(once, 'stage', stretch(outer), 'unit');
  }

  private flat(tensor: Tensor): Tensor {
    if (tensor.words) {
      const params = { inputDim: WORDS, outputDim: 3 };
      return this.flat(this.place('Embedding', params, [tensor], [...tensor.shape, 3]));
    }
    return tensor.shape.length === 1 ? tensor : this.place('Flatten', {}, [tensor], [sizeOf(tensor.shape)]);
  }

  private addHeads(): Head[] {
    const { random } = this;
    // Everything nobody reads, so that no layer is left out.
    const leaves = this.tensors.filter((tensor) => !this.read.has(keyOf(tensor))).map((leaf) => this.flat(leaf));
    const [only, ...more] = leaves;
    if (!only) throw new Error('a network ends somewhere');
    const width = leaves.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
    const trunk = more.length === 0 ? only : this.place('Concatenate', {}, leaves, [width]);
    const heads = [this.addHead(0, trunk, null)];
    if (random() < 0.35) heads.push(this.addHead(1, trunk, random() < 0.4 ? (heads[0] ?? null) : null));
    return heads.map(({ head }) => head);
  }

  /** An Output of the trunk, or a second one of what the first reads. */
  private addHead(
    index: number,
    trunk: Tensor,
    first: { head: Head; source: Tensor } | null,
  ): { head: Head; source: Tensor } {
    const { random } = this;
    const units = first?.head.shape[0] ?? 2 + below(random, 3);
    const kinds = first
      ? (['numbers'] as const)
      : (['softmax', 'softmax layer', 'logits', 'sigmoid', 'sigmoid logits', 'numbers', 'numbers'] as const);
    const kind = pick(random, kinds);
    const classes = ['softmax', 'softmax layer', 'logits'].includes(kind);
    const single = kind === 'sigmoid' || kind === 'sigmoid logits';
    const activation = { softmax: 'softmax', sigmoid: 'sigmoid' }[kind as string] ?? 'linear';
    const penalty = random() < 0.3 ? { activityRegularizer: { l1: 0.01, l2: 0.05 } } : {};
    let source = first?.source;
    if (!source) {
      source = this.place(
        'Dense',
        { units: single ? 1 : units, activation, ...penalty },
        [trunk],
        [single ? 1 : units],
      );
      if (kind === 'softmax layer') source = this.place('Softmax', {}, [source], source.shape);
    }
    const loss = classes
      ? 'categoricalCrossentropy'
      : kind === 'numbers'
        ? pick(random, ['meanSquaredError', 'meanAbsoluteError', 'huber'])
        : 'binaryCrossentropy';
    const name = `out_${index}`;
    const params = {
      loss,
      field: `y${index}`,
      fromLogits: kind === 'logits' || kind === 'sigmoid logits',
      labelSmoothing: loss.endsWith('Crossentropy') && random() < 0.3 ? 0.2 : 0,
      lossWeight: random() < 0.3 ? 0.5 : 1,
    };
    this.nodes.push({ type: 'Output', name, params, reads: [readOf(source)] });
    const count = classes ? units : single ? 2 : null;
    return { source, head: { name, shape: source.shape, classes: count } };
  }
}

function optimizer(random: Random): OptimizerSettings {
  return pick(random, [
    { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 },
    { name: 'sgd', momentum: 0.8, nesterov: false, weightDecay: 0 },
    { name: 'sgd', momentum: 0.5, nesterov: true, weightDecay: 0.1 },
    // Epsilon so large that a gradient of nothing but rounding moves nothing.
    { name: 'adam', beta1: 0.8, beta2: 0.95, epsilon: 0.01 },
    { name: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 0.01, weightDecay: 0.2 },
  ]);
}
