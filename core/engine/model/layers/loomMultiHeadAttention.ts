import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { Regularizer } from '../../../catalogue/index.ts';
import { dropoutMask } from './dropoutMask.ts';
import { type BatchShape, type CallArguments, LoomLayer, register } from './loomLayer.ts';
import { addPenalty } from './penalties.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface AttentionConfig {
  readonly numHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly outputDim: number;
  readonly useCausalMask: boolean;
  readonly dropout: number;
  readonly seed: number | null;
  readonly useBias: boolean;
  readonly activityRegularizer: Regularizer | null;
}

/** One of the four products with weights. `prefix` stands before the names of its options in the config. */
class Projection {
  readonly prefix: string;
  /** As Keras calls the layer inside that holds the weights. */
  readonly name: string;
  readonly kernelOptions: WeightOptions;
  readonly biasOptions: WeightOptions;
  kernel: LayerVariable | undefined;
  bias: LayerVariable | undefined;

  constructor(prefix: string, name: string, config: LayerConfig) {
    this.prefix = prefix;
    this.name = name;
    this.kernelOptions = readWeightOptions(config, `${prefix}Kernel`, () => initializers.glorotUniform({}));
    this.biasOptions = readWeightOptions(config, `${prefix}Bias`, () => initializers.zeros());
  }

  describe(): tf.serialization.ConfigDict {
    return {
      ...describeWeightOptions(`${this.prefix}Kernel`, this.kernelOptions),
      ...describeWeightOptions(`${this.prefix}Bias`, this.biasOptions),
    };
  }
}

/** Added to the scores of positions that must not be seen: e to this is 0 in 32 bits, and no infinity enters a gradient. */
const HIDDEN = -1e9;

/**
 * Multi-head attention (Vaswani et al. 2017), as Keras computes it. Inputs [b, t, d]: query alone, or query and value, or query, value
 * and key; a value that is not given is the query, a key that is not given is the value.
 *
 * Heads are put beside the batch, [b · heads, t, size], so that every product is a plain matrix product for many small matrices,
 * which all backends have.
 */
export class LoomMultiHeadAttention extends LoomLayer {
  static className = 'LoomMultiHeadAttention';
  readonly config: AttentionConfig;
  private readonly query: Projection;
  private readonly key: Projection;
  private readonly values: Projection;
  private readonly output_: Projection;

  constructor(config: LayerConfig) {
    super(config);
    const given = config as unknown as AttentionConfig;
    const { numHeads, keyDim, valueDim, outputDim, useCausalMask, dropout, seed, useBias, activityRegularizer } = given;
    this.config = {
      numHeads,
      keyDim,
      valueDim,
      outputDim,
      useCausalMask,
      dropout,
      seed: seed ?? null,
      useBias,
      activityRegularizer: activityRegularizer ?? null,
    };
    this.query = new Projection('query', 'query', config);
    this.key = new Projection('key', 'key', config);
    this.values = new Projection('value', 'value', config);
    this.output_ = new Projection('output', 'attention_output', config);
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const [query, value, key] = threeOf(shapesOf(inputShape)).map((shape) => shape.at(-1) ?? 0);
    const { numHeads, keyDim, valueDim, outputDim } = this.config;
    this.makeWeights(this.query, [query ?? 0, numHeads, keyDim], [numHeads, keyDim]);
    this.makeWeights(this.key, [key ?? 0, numHeads, keyDim], [numHeads, keyDim]);
    this.makeWeights(this.values, [value ?? 0, numHeads, valueDim], [numHeads, valueDim]);
    this.makeWeights(this.output_, [numHeads, valueDim, outputDim], [outputDim]);
    this.built = true;
  }

  private makeWeights(projection: Projection, kernel: readonly number[], bias: readonly number[]): void {
    projection.kernel = this.weight(`${projection.name}/kernel`, kernel, projection.kernelOptions);
    if (this.config.useBias) projection.bias = this.weight(`${projection.name}/bias`, bias, projection.biasOptions);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArguments): tf.Tensor {
    return tf.tidy(() => {
      const training = kwargs.training === true;
      const [query, value, key] = threeOf(Array.isArray(inputs) ? inputs : [inputs]);
      const { keyDim, valueDim, outputDim, numHeads, useCausalMask, dropout, seed } = this.config;
      const [batch = 0, length = 0] = query.shape;
      const [, seen = 0] = value.shape;
      const q = tf.mul(this.heads(this.project(query, this.query, numHeads * keyDim), length), keyDim ** -0.5);
      const k = this.heads(this.project(key, this.key, numHeads * keyDim), seen);
      const v = this.heads(this.project(value, this.values, numHeads * valueDim), seen);
      const scores = tf.matMul(q, k, false, true);
      const weights = tf.softmax(useCausalMask ? tf.add(scores, causalMask(length, seen)) : scores);
      const kept =
        training && dropout > 0 ? tf.mul(weights, dropoutMask(this.name, weights.shape, dropout, seed)) : weights;
      const taken = tf.reshape(tf.matMul(kept, v), [batch, numHeads, length, valueDim]);
      const beside = tf.reshape(tf.transpose(taken, [0, 2, 1, 3]), [batch, length, numHeads * valueDim]);
      return tf.reshape(this.project(beside, this.output_, outputDim), [batch, length, outputDim]);
    });
  }

  /** x·W + b for every position: [b, t, d] -> [b · t, width]. */
  private project(x: tf.Tensor, projection: Projection, width: number): tf.Tensor2D {
    const depth = x.shape.at(-1) ?? 0;
    const rows = tf.reshape(x, [x.size / depth, depth]) as tf.Tensor2D;
    const kernel = tf.reshape(this.value(projection.kernel), [depth, width]) as tf.Tensor2D;
    const product = tf.matMul<tf.Tensor2D>(rows, kernel);
    // Not the fused product with bias: on wasm it takes a reshaped bias for one of its old shape and refuses it.
    const bias = projection.bias && tf.reshape(projection.bias.read(), [width]);
    const result: tf.Tensor2D = bias === undefined ? product : tf.add(product, bias);
    const penalty = this.config.activityRegularizer;
    if (penalty !== null) addPenalty(result, penalty, x.shape[0] ?? 1);
    return result;
  }

  /** [b · t, heads · size] -> [b · heads, t, size]. */
  private heads(x: tf.Tensor2D, length: number): tf.Tensor3D {
    const { numHeads } = this.config;
    const [rows, width] = x.shape;
    const [batch, size] = [rows / length, width / numHeads];
    const split = tf.transpose(tf.reshape(x, [batch, length, numHeads, size]), [0, 2, 1, 3]);
    return tf.reshape(split, [batch * numHeads, length, size]);
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const [query = []] = shapesOf(inputShape);
    return [...query.slice(0, -1), this.config.outputDim];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...(this.config as unknown as tf.serialization.ConfigDict),
      ...this.query.describe(),
      ...this.key.describe(),
      ...this.values.describe(),
      ...this.output_.describe(),
    };
  }
}
register(LoomMultiHeadAttention);

function shapesOf(shape: BatchShape | BatchShape[]): readonly BatchShape[] {
  return Array.isArray(shape[0]) ? (shape as BatchShape[]) : [shape as BatchShape];
}

/** Query, value and key out of as many as were given. */
function threeOf<T>(given: readonly T[]): readonly [query: T, value: T, key: T] {
  const [query] = given;
  if (query === undefined) throw new Error('Attention was called without a query.');
  const value = given[1] ?? query;
  return [query, value, given[2] ?? value];
}

/** [1, t, s]: 0 where position i may see position j, j ≤ i. Position 0 always sees one, so that no softmax is of nothing. */
function causalMask(length: number, seen: number): tf.Tensor {
  const mask = Float32Array.from({ length: length * seen }, (_, at) =>
    at % seen > Math.floor(at / seen) ? HIDDEN : 0,
  );
  return tf.tensor(mask, [1, length, seen]);
}
