import * as tf from '@tensorflow/tfjs-core';
import { dropoutMask } from './dropoutMask.ts';
import { type CallArguments, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';

/** Dropout with a mask that follows from (run seed, layer name, step); the identity outside training. */
export class LoomDropout extends LoomLayer {
  static className = 'LoomDropout';
  readonly rate: number;
  /** As Keras's noise_shape, batch first: null takes the input's size, 1 shares the mask along that axis. */
  readonly noiseShape: readonly (number | null)[] | null;
  readonly seed: number | null;

  constructor(config: LayerConfig) {
    super(config);
    const { rate, noiseShape, seed } = config as {
      rate: number;
      noiseShape?: readonly (number | null)[] | null;
      seed?: number | null;
    };
    this.rate = rate;
    this.noiseShape = noiseShape ?? null;
    this.seed = seed ?? null;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArguments): tf.Tensor {
    const x = this.oneTensor(inputs);
    if (kwargs.training !== true || this.rate === 0) return tf.clone(x);
    return tf.tidy(() => tf.mul(x, dropoutMask(this.name, this.maskShape(x), this.rate, this.seed)));
  }

  private maskShape(x: tf.Tensor): number[] {
    return x.shape.map((n, axis) => this.noiseShape?.[axis] ?? n);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      rate: this.rate,
      noiseShape: this.noiseShape === null ? null : [...this.noiseShape],
      seed: this.seed,
    };
  }
}
register(LoomDropout);
