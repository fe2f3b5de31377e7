import type * as tf from '@tensorflow/tfjs-core';
import { compose } from './compose.ts';
import type { NativeBackend } from './native.ts';

/** Up to this many values TensorFlow's fused operations spend most of their time on sharing the work out. */
export const SMALL = 65_536;

/** Batch normalisation over the rows of x, composed: [y, mean, biased variance, normalised x, inverse deviation]. */
export function smallBatchNorm(
  native: NativeBackend,
  [x, gamma, beta]: readonly [x: tf.TensorInfo, gamma: tf.TensorInfo, beta: tf.TensorInfo],
  epsilon: number,
): tf.Tensor[] {
  const [rows, channels] = sizesOf(x);
  return compose(native, ({ ids, run, number, reshape, columnSums }) => {
    const [input = -1, scale = -1, offset = -1] = ids(x, gamma, beta);
    const share = number(1 / rows);
    const matrix = reshape(input, rows, channels);
    const mean = run('Mul', [columnSums(matrix), share]);
    const centred = run('Sub', [matrix, mean]);
    const variance = run('Mul', [columnSums(run('Square', [centred])), share]);
    const inverse = run('Rsqrt', [run('AddV2', [variance, number(epsilon)])]);
    const normal = run('Mul', [centred, inverse]);
    const y = reshape(run('AddV2', [run('Mul', [normal, scale]), offset]), ...x.shape);
    return [y, mean, variance, normal, inverse];
  });
}

/** [dx, dgamma, dbeta] from what `smallBatchNorm` kept. */
export function smallBatchNormGrad(
  native: NativeBackend,
  [dy, gamma, normal, inverse]: readonly [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo],
): tf.Tensor[] {
  const [rows, channels] = sizesOf(dy);
  return compose(native, ({ ids, run, number, reshape, columnSums }) => {
    const [given = -1, scale = -1, normalised = -1, deviation = -1] = ids(dy, gamma, normal, inverse);
    const slope = reshape(given, rows, channels);
    const [dgamma, dbeta] = [columnSums(run('Mul', [slope, normalised])), columnSums(slope)];
    const share = number(1 / rows);
    const along = run('Mul', [normalised, run('Mul', [dgamma, share])]);
    const centred = run('Sub', [slope, run('Mul', [dbeta, share])]);
    const dx = run('Mul', [run('Sub', [centred, along]), run('Mul', [scale, deviation])]);
    return [reshape(dx, ...dy.shape), dgamma, dbeta];
  });
}

function sizesOf({ shape }: tf.TensorInfo): [rows: number, channels: number] {
  const channels = shape.at(-1) ?? 1;
  return [shape.reduce((a, b) => a * b, 1) / channels, channels];
}
