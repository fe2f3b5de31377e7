import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import { asMatrix } from './axes.ts';
import { fusedLayerNorm, hasFusedLayerNorm } from './fusedLayerNorm.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface LayerNormConfig {
  /** Batch counted. */
  readonly axis: readonly number[];
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
}

/** Layer normalisation (Ba et al. 2016) over one axis or several; without the tiling of the stock layer, and with constraints. */
export class LoomLayerNorm extends LoomLayer {
  static className = 'LoomLayerNorm';
  readonly config: LayerNormConfig;
  private readonly gammaOptions: WeightOptions;
  private readonly betaOptions: WeightOptions;
  private gamma: LayerVariable | undefined;
  private beta: LayerVariable | undefined;

  constructor(config: LayerConfig) {
    super(config);
    const { axis, epsilon, center, scale } = config as unknown as LayerNormConfig;
    this.config = { axis, epsilon, center, scale };
    this.gammaOptions = readWeightOptions(config, 'gamma', () => initializers.ones());
    this.betaOptions = readWeightOptions(config, 'beta', () => initializers.zeros());
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const shape = this.oneShape(inputShape);
    const size = this.config.axis.map((axis) => shape.at(axis) ?? 0);
    if (this.config.scale) this.gamma = this.weight('gamma', size, this.gammaOptions);
    if (this.config.center) this.beta = this.weight('beta', size, this.betaOptions);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs);
      const axes = this.config.axis.map((axis) => (axis < 0 ? axis + x.rank : axis));
      return asMatrix(x, axes, (matrix) => {
        const [gamma, beta] = [this.gamma, this.beta].map((weight) => weight && tf.reshape(weight.read(), [-1]));
        const width = [matrix.shape[1]];
        if (hasFusedLayerNorm())
          return fusedLayerNorm(matrix, gamma ?? tf.ones(width), beta ?? tf.zeros(width), this.config.epsilon);
        const centred = tf.sub(matrix, tf.mean(matrix, 1, true));
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), this.config.epsilon));
        const normal = tf.mul(centred, inverse);
        const scaled = gamma === undefined ? normal : tf.mul(normal, gamma);
        return beta === undefined ? scaled : tf.add(scaled, beta);
      });
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...this.config,
      axis: [...this.config.axis],
      ...describeWeightOptions('gamma', this.gammaOptions),
      ...describeWeightOptions('beta', this.betaOptions),
    };
  }
}
register(LoomLayerNorm);
