import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import { asMatrix } from './axes.ts';
import { type BatchMoments, normaliseBatch } from './batchMoments.ts';
import { fusedBatchNorm, hasFusedBatchNorm } from './fusedBatchNorm.ts';
import { type BatchShape, type CallArguments, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface BatchNormConfig {
  /** Batch counted. */
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015) for any rank and axis. Batch statistics while training and trainable, moving
 * averages otherwise: Keras's rule, where TensorFlow.js keeps updating the averages of a frozen layer, and its stock layer throws
 * without center or scale.
 */
export class LoomBatchNorm extends LoomLayer {
  static className = 'LoomBatchNorm';
  readonly config: BatchNormConfig;
  private readonly options: { readonly [K in 'beta' | 'gamma' | 'movingMean' | 'movingVariance']: WeightOptions };
  private gamma: LayerVariable | undefined;
  private beta: LayerVariable | undefined;
  private movingMean: LayerVariable | undefined;
  private movingVariance: LayerVariable | undefined;

  constructor(config: LayerConfig) {
    super(config);
    const { axis, momentum, epsilon, center, scale } = config as unknown as BatchNormConfig;
    this.config = { axis, momentum, epsilon, center, scale };
    this.options = {
      gamma: readWeightOptions(config, 'gamma', () => initializers.ones()),
      beta: readWeightOptions(config, 'beta', () => initializers.zeros()),
      movingMean: readWeightOptions(config, 'movingMean', () => initializers.zeros()),
      movingVariance: readWeightOptions(config, 'movingVariance', () => initializers.ones()),
    };
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const shape = this.oneShape(inputShape);
    const size = [shape.at(this.config.axis) ?? 0];
    if (this.config.scale) this.gamma = this.weight('gamma', size, this.options.gamma);
    if (this.config.center) this.beta = this.weight('beta', size, this.options.beta);
    this.movingMean = this.weight('moving_mean', size, this.options.movingMean, false);
    this.movingVariance = this.weight('moving_variance', size, this.options.movingVariance, false);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArguments): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs);
      const axis = this.config.axis < 0 ? this.config.axis + x.rank : this.config.axis;
      const learns = kwargs.training === true && this.trainable;
      if (learns && axis === x.rank - 1 && hasFusedBatchNorm()) return this.trainFused(x);
      return asMatrix(x, [axis], (matrix) => (learns ? this.train(matrix) : this.infer(matrix)));
    });
  }

  private train(x: tf.Tensor2D): tf.Tensor {
    const normal = normaliseBatch(x, this.config.epsilon, (moments) => this.follow(moments));
    const scaled = this.gamma === undefined ? normal : tf.mul(normal, this.gamma.read());
    return this.beta === undefined ? scaled : tf.add(scaled, this.beta.read());
  }

  private trainFused(x: tf.Tensor): tf.Tensor {
    const channels = [x.shape.at(-1) ?? 0];
    const gamma = this.gamma?.read() ?? tf.ones(channels);
    const beta = this.beta?.read() ?? tf.zeros(channels);
    return fusedBatchNorm(x, gamma, beta, this.config.epsilon, (moments) => this.follow(moments));
  }

  private infer(x: tf.Tensor2D): tf.Tensor {
    // Scale and offset are folded first, so that only two passes go over the data.
    const inverse = tf.rsqrt(tf.add(this.value(this.movingVariance), this.config.epsilon));
    const factor = this.gamma === undefined ? inverse : tf.mul(inverse, this.gamma.read());
    const shift = tf.mul(this.value(this.movingMean), factor);
    const offset = this.beta === undefined ? tf.neg(shift) : tf.sub(this.beta.read(), shift);
    return tf.add(tf.mul(x, factor), offset);
  }

  private follow({ mean, variance }: BatchMoments): void {
    const { momentum } = this.config;
    for (const [average, value] of [
      [this.movingMean, mean],
      [this.movingVariance, variance],
    ] as const) {
      average?.write(tf.add(tf.mul(average.read(), momentum), tf.mul(value, 1 - momentum)));
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...this.config,
      ...Object.assign({}, ...Object.entries(this.options).map(([name, o]) => describeWeightOptions(name, o))),
    };
  }
}
register(LoomBatchNorm);
