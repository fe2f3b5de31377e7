import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { ActivationName } from '../../../catalogue/index.ts';
import { activate } from './activate.ts';
import { dilateKernel, pair } from './convolve.ts';
import { convSizes, slidingConfig } from './convShape.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface SeparableConfig {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  readonly dilationRate: readonly number[];
  readonly depthMultiplier: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
}

/**
 * Depthwise convolution followed by a 1×1 convolution, with dilation and gradients. Weights depthwise_kernel
 * [kh, kw, channels, depthMultiplier], pointwise_kernel [1, 1, channels · depthMultiplier, filters], bias [filters].
 */
export class LoomSeparableConv2D extends LoomLayer {
  static className = 'LoomSeparableConv2D';
  readonly config: SeparableConfig;
  private readonly depthwiseOptions: WeightOptions;
  private readonly pointwiseOptions: WeightOptions;
  private readonly biasOptions: WeightOptions;
  private depthwise: LayerVariable | undefined;
  private pointwise: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  constructor(config: LayerConfig) {
    super(config);
    const { filters, kernelSize, strides, padding, dilationRate, depthMultiplier, activation, useBias } =
      config as unknown as SeparableConfig;
    this.config = { filters, kernelSize, strides, padding, dilationRate, depthMultiplier, activation, useBias };
    this.depthwiseOptions = readWeightOptions(config, 'depthwise', () => initializers.glorotUniform({}));
    this.pointwiseOptions = readWeightOptions(config, 'pointwise', () => initializers.glorotUniform({}));
    this.biasOptions = readWeightOptions(config, 'bias', () => initializers.zeros());
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const { filters, kernelSize, depthMultiplier, useBias } = this.config;
    const channels = this.oneShape(inputShape).at(-1) ?? 0;
    this.depthwise = this.weight('depthwise_kernel', [...kernelSize, channels, depthMultiplier], this.depthwiseOptions);
    this.pointwise = this.weight(
      'pointwise_kernel',
      [1, 1, channels * depthMultiplier, filters],
      this.pointwiseOptions,
    );
    if (useBias) this.bias = this.weight('bias', [filters], this.biasOptions);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs) as tf.Tensor4D;
      const { strides, padding, dilationRate, activation } = this.config;
      const kernel = dilateKernel(this.value(this.depthwise), dilationRate) as tf.Tensor4D;
      const channels = tf.depthwiseConv2d(x, kernel, pair(strides), padding);
      const sums = tf.conv2d(channels, this.value(this.pointwise) as tf.Tensor4D, 1, 'valid');
      return activate(activation, this.bias === undefined ? sums : tf.add(sums, this.bias.read()));
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
      ...describeWeightOptions('depthwise', this.depthwiseOptions),
      ...describeWeightOptions('pointwise', this.pointwiseOptions),
      ...describeWeightOptions('bias', this.biasOptions),
    };
  }
}
register(LoomSeparableConv2D);
