import * as tf from '@tensorflow/tfjs-core';
import { pair } from './convolve.ts';
import { convLength } from './convShape.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';

/**
 * Average pooling with 'same' padding, over one axis or two by the length of poolSize. TensorFlow.js leaves the padding out of the
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
      const flat = this.poolSize.length === 1;
      const map = (flat ? tf.expandDims(x, 1) : x) as tf.Tensor4D;
      const [fh, fw] = pair(this.poolSize);
      const [sh, sw] = pair(this.strides);
      const rows = windows(map.shape[1], fh, sh);
      const columns = windows(map.shape[2], fw, sw);
      const padded = tf.pad(map, [[0, 0], rows.padding, columns.padding, [0, 0]]);
      const means = tf.avgPool(padded, [fh, fw], [sh, sw], 'valid');
      const factors = rows.counts.map((r) => columns.counts.map((c) => (fh * fw) / (r * c)));
      const result = tf.mul(means, tf.tensor(factors.flat(), [1, rows.counts.length, columns.counts.length, 1]));
      return flat ? tf.squeeze(result, [1]) : result;
    });
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
