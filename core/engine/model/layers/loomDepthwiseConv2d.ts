import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { ActivationName } from '../../../catalogue/index.ts';
import { activate } from './activate.ts';
import { dilateKernel, pair } from './convolve.ts';
import { convSizes, slidingConfig } from './convShape.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

interface DepthwiseConfig {
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  readonly dilationRate: readonly number[];
  readonly depthMultiplier: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
}

/** Depthwise convolution that obeys its dilation rate, with gradients. Kernel [kh, kw, channels, depthMultiplier]. */
export class LoomDepthwiseConv2D extends LoomLayer {
  static className = 'LoomDepthwiseConv2D';
  readonly config: DepthwiseConfig;
  private readonly depthwiseOptions: WeightOptions;
  private readonly biasOptions: WeightOptions;
  private kernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  constructor(config: LayerConfig) {
    super(config);
    const { kernelSize, strides, padding, dilationRate, depthMultiplier, activation, useBias } =
      config as unknown as DepthwiseConfig;
    this.config = { kernelSize, strides, padding, dilationRate, depthMultiplier, activation, useBias };
    this.depthwiseOptions = readWeightOptions(config, 'depthwise', () => initializers.glorotUniform({}));
    this.biasOptions = readWeightOptions(config, 'bias', () => initializers.zeros());
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    const { kernelSize, depthMultiplier, useBias } = this.config;
    const channels = this.oneShape(inputShape).at(-1) ?? 0;
    this.kernel = this.weight('kernel', [...kernelSize, channels, depthMultiplier], this.depthwiseOptions);
    if (useBias) this.bias = this.weight('bias', [channels * depthMultiplier], this.biasOptions);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs) as tf.Tensor4D;
      const { strides, padding, dilationRate, activation } = this.config;
      const kernel = dilateKernel(this.value(this.kernel), dilationRate) as tf.Tensor4D;
      const sums = tf.depthwiseConv2d(x, kernel, pair(strides), padding);
      return activate(activation, this.bias === undefined ? sums : tf.add(sums, this.bias.read()));
    });
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const [batch = null, ...sizes] = this.oneShape(inputShape);
    return [batch, ...convSizes(sizes, this.config), (sizes[2] ?? 0) * this.config.depthMultiplier];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...slidingConfig(this.config),
      ...describeWeightOptions('depthwise', this.depthwiseOptions),
      ...describeWeightOptions('bias', this.biasOptions),
    };
  }
}
register(LoomDepthwiseConv2D);
