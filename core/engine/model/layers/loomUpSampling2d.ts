import * as tf from '@tensorflow/tfjs-core';
import { type Interpolation, interpolationMatrix } from './interpolation.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';

/**
 * Enlarges maps by whole factors. Nearest repeats pixels; the others are a matrix product along each axis, so that every backend
 * has their gradients.
 */
export class LoomUpSampling2D extends LoomLayer {
  static className = 'LoomUpSampling2D';
  readonly size: readonly [number, number];
  readonly interpolation: Interpolation;

  constructor(config: LayerConfig) {
    super(config);
    const { size, interpolation } = config as unknown as { size: [number, number]; interpolation: Interpolation };
    this.size = size;
    this.interpolation = interpolation;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs) as tf.Tensor4D;
      const [batch, height, width, channels] = x.shape;
      const [sh, sw] = this.size;
      if (this.interpolation === 'nearest') {
        const wide = repeat(x, batch * height * width, channels, sw);
        return tf.reshape(repeat(wide, batch * height, width * sw * channels, sh), [
          batch,
          height * sh,
          width * sw,
          channels,
        ]);
      }
      const rows = this.resize(tf.transpose(x, [0, 2, 3, 1]), height, sh);
      const both = this.resize(tf.transpose(rows, [0, 3, 2, 1]), width, sw);
      return tf.transpose(both, [0, 1, 3, 2]);
    });
  }

  /** [..., n] -> [..., n · size] */
  private resize(x: tf.Tensor4D, n: number, size: number): tf.Tensor4D {
    const [a, b, c] = x.shape;
    const matrix = tf.transpose(tf.tensor2d(interpolationMatrix(n, size, this.interpolation), [n * size, n]));
    return tf.reshape(tf.matMul(tf.reshape(x, [a * b * c, n]), matrix as tf.Tensor2D), [a, b, c, n * size]);
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const [batch = null, height, width, channels = null] = this.oneShape(inputShape);
    return [batch, (height ?? 0) * this.size[0], (width ?? 0) * this.size[1], channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: [...this.size], interpolation: this.interpolation };
  }
}
register(LoomUpSampling2D);

/** Every row of [rows, columns] `times` times over. Concat, because the gradient of tile is slow on wasm. */
function repeat(x: tf.Tensor, rows: number, columns: number, times: number): tf.Tensor {
  const once = tf.reshape(x, [rows, 1, columns]);
  return times === 1
    ? once
    : tf.concat(
        Array.from({ length: times }, () => once),
        1,
      );
}
