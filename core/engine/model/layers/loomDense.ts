import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { ActivationName } from '../../../catalogue/index.ts';
import { activate } from './activate.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface DenseConfig {
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
}

/**
 * activation(x·W + b) over the last axis. The stock layer transposes the weights of inputs with more than one axis back and forth, and
 * reshapes the others to three axes and back.
 */
export class LoomDense extends LoomLayer {
  static className = 'LoomDense';
  readonly config: DenseConfig;
  private readonly kernelOptions: WeightOptions;
  private readonly biasOptions: WeightOptions;
  private kernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  constructor(config: LayerConfig) {
    super(config);
    const { units, activation, useBias } = config as unknown as DenseConfig;
    this.config = { units, activation, useBias };
    this.kernelOptions = readWeightOptions(config, 'kernel', () => initializers.glorotUniform({}));
    this.biasOptions = readWeightOptions(config, 'bias', () => initializers.zeros());
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const { units, useBias } = this.config;
    this.kernel = this.weight('kernel', [this.oneShape(inputShape).at(-1) ?? 0, units], this.kernelOptions);
    if (useBias) this.bias = this.weight('bias', [units], this.biasOptions);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs);
      const { units, activation } = this.config;
      const depth = x.shape.at(-1) ?? 0;
      const rows = x.rank === 2 ? x : tf.reshape(x, [x.size / depth, depth]);
      const sums = tf.matMul(rows, this.value(this.kernel));
      const biased = this.bias === undefined ? sums : tf.add(sums, this.bias.read());
      // In the output's own shape: an activation may depend on the axes.
      return activate(activation, x.rank === 2 ? biased : tf.reshape(biased, [...x.shape.slice(0, -1), units]));
    });
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    return [...this.oneShape(inputShape).slice(0, -1), this.config.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...this.config,
      ...describeWeightOptions('kernel', this.kernelOptions),
      ...describeWeightOptions('bias', this.biasOptions),
    };
  }
}
register(LoomDense);
