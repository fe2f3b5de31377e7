import * as tf from '@tensorflow/tfjs-core';
import { pair } from './convolve.ts';
import { convLength } from './convShape.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';

/**
 * Average pooling with 'same' padding, over one axis to three by the length of poolSize. TensorFlow.js leaves the padding out of the
 * average but counts it in the gradient; here the padding is explicit and the average is scaled up where windows stick out.
 */
export class LoomAveragePool extends LoomLayer {
  static className = 'LoomAveragePool';
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];

  constructor(config: LayerConfig) {
    super(config);
    const { poolSize, strides } = config as unknown as { poolSize: number[]; strides: number[] };
    this.poolSize = poolSize;
    this.strides = strides;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = this.oneTensor(inputs);
      const axes = this.poolSize.map((f, i) => windows(x.shape[i + 1] ?? 1, f, this.strides[i] ?? 1));
      const padded = tf.pad(x, [[0, 0], ...axes.map(({ padding }) => padding), [0, 0]]);
      // The share of a window's positions that are real is a product over the axes; so is what makes up for the others.
      const factors = axes.map(({ counts }, i) =>
        tf.tensor(
          counts.map((count) => (this.poolSize[i] ?? 1) / count),
          [1, ...axes.map((_, j) => (j === i ? counts.length : 1)), 1],
        ),
      );
      return factors.reduce<tf.Tensor>((y, factor) => tf.mul(y, factor), this.means(padded));
    });
  }

  private means(padded: tf.Tensor): tf.Tensor {
    if (this.poolSize.length < 3) {
      const flat = this.poolSize.length === 1;
      const map = (flat ? tf.expandDims(padded, 1) : padded) as tf.Tensor4D;
      const means = tf.avgPool(map, pair(this.poolSize), pair(this.strides), 'valid');
      return flat ? tf.squeeze(means, [1]) : means;
    }
    const [fd = 1, fh = 1, fw = 1] = this.poolSize;
    const [sd = 1, sh = 1, sw = 1] = this.strides;
    return tf.avgPool3d(padded as tf.Tensor5D, [fd, fh, fw], [sd, sh, sw], 'valid');
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const [batch = null, ...sizes] = this.oneShape(inputShape);
    const spatial = this.poolSize.map((f, i) => convLength(sizes[i], f, this.strides[i] ?? 1, 1, 'same'));
    return [batch, ...spatial, sizes.at(-1) ?? null];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), poolSize: [...this.poolSize], strides: [...this.strides] };
  }
}
register(LoomAveragePool);

/** TensorFlow's 'same' padding along an axis of n, and how many real positions each window holds. */
function windows(n: number, f: number, s: number): { padding: [number, number]; counts: readonly number[] } {
  const outputs = Math.ceil(n / s);
  const total = Math.max((outputs - 1) * s + f - n, 0);
  const before = Math.floor(total / 2);
  const counts = Array.from({ length: outputs }, (_, i) => {
    const start = i * s - before;
    return Math.min(start + f, n) - Math.max(start, 0);
  });
  return { padding: [before, total - before], counts };
}
