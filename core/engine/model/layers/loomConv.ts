import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { ActivationName } from '../../../catalogue/index.ts';
import { activate } from './activate.ts';
import { dilateKernel, groupedConv } from './convolve.ts';
import { convSizes, slidingConfig } from './convShape.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface ConvConfig {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dilationRate: readonly number[];
  readonly groups: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
}

/**
 * Convolution along one axis to three (by the length of kernelSize) with groups, dilation and causal padding, all with gradients. Kernel
 * [...kernelSize, channels / groups, filters], as in Keras.
 */
export class LoomConv extends LoomLayer {
  static className = 'LoomConv';
  readonly config: ConvConfig;
  private readonly kernelOptions: WeightOptions;
  private readonly biasOptions: WeightOptions;
  private kernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  constructor(config: LayerConfig) {
    super(config);
    const { filters, kernelSize, strides, padding, dilationRate, groups, activation, useBias } =
      config as unknown as ConvConfig;
    this.config = { filters, kernelSize, strides, padding, dilationRate, groups, activation, useBias };
    this.kernelOptions = readWeightOptions(config, 'kernel', () => initializers.glorotUniform({}));
    this.biasOptions = readWeightOptions(config, 'bias', () => initializers.zeros());
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const { filters, kernelSize, groups, useBias } = this.config;
    const channels = this.oneShape(inputShape).at(-1) ?? 0;
    this.kernel = this.weight('kernel', [...kernelSize, channels / groups, filters], this.kernelOptions);
    if (useBias) this.bias = this.weight('bias', [filters], this.biasOptions);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs);
      const { activation, groups, filters, padding } = this.config;
      const weights = this.value(this.kernel);
      // A sequence is a map of one row.
      const flat = this.config.kernelSize.length === 1;
      const deep = this.config.kernelSize.length === 3 ? (this.config.dilationRate[0] ?? 1) : 1;
      const dilated = dilateKernel(
        weights,
        deep === 1 ? this.config.dilationRate : [1, ...this.config.dilationRate.slice(1)],
      );
      const kernel = flat ? tf.expandDims(dilated, 0) : dilated;
      let map = flat ? tf.expandDims(x, 1) : x;
      // Causal: the output at t sees inputs up to t only, so all the padding goes before.
      if (padding === 'causal')
        map = tf.pad(map, [
          [0, 0],
          [0, 0],
          [(kernel.shape[1] ?? 1) - 1, 0],
          [0, 0],
        ]);
      const strides = flat ? [1, ...this.config.strides] : this.config.strides;
      const sums = groupedConv(map, kernel, strides, padding === 'same' ? 'same' : 'valid', groups, deep);
      const biased = this.bias === undefined ? sums : addBias(sums, this.bias.read());
      const result = activate(activation, biased);
      return flat ? tf.reshape(result, [result.shape[0] ?? 0, result.shape[2] ?? 0, filters]) : result;
    });
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const [batch = null, ...sizes] = this.oneShape(inputShape);
    return [batch, ...convSizes(sizes, this.config), this.config.filters];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...slidingConfig(this.config),
      ...describeWeightOptions('kernel', this.kernelOptions),
      ...describeWeightOptions('bias', this.biasOptions),
    };
  }
}
register(LoomConv);

/** As rows of channels: the shader of webgpu cannot spread a vector over five axes. */
function addBias(sums: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  if (sums.rank <= 4) return tf.add(sums, bias);
  return tf.reshape(tf.add(tf.reshape(sums, [-1, bias.size]), bias), sums.shape);
}
