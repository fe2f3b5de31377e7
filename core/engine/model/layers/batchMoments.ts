import * as tf from '@tensorflow/tfjs-core';

export interface BatchMoments {
  readonly mean: tf.Tensor1D;
  /** Divided by n, not n − 1: Keras follows the biased variance. */
  readonly variance: tf.Tensor1D;
}

/**
 * (x − mean) / √(variance + ε) over the rows of [n, c], with the gradient in closed form (Ioffe & Szegedy 2015): half the kernel
 * calls of differentiating through the moments. Column sums are products with a row of ones, which wasm does much faster than a
 * sum over the first axis. `observe` gets the moments; its tensors live only during the call.
 */
export function normaliseBatch(x: tf.Tensor2D, epsilon: number, observe: (moments: BatchMoments) => void): tf.Tensor2D {
  const n = x.shape[0];
  const columnMeans = (matrix: tf.Tensor): tf.Tensor2D =>
    tf.mul(tf.matMul(tf.ones([1, n]) as tf.Tensor2D, matrix as tf.Tensor2D), 1 / n);
  const normalise = tf.customGrad((input: tf.Tensor | tf.GradSaveFunc, save: tf.Tensor | tf.GradSaveFunc) => {
    const value = input as tf.Tensor2D;
    const mean = columnMeans(value);
    const centred = tf.sub(value, mean);
    const variance = columnMeans(tf.square(centred));
    observe({ mean: tf.squeeze(mean, [0]), variance: tf.squeeze(variance, [0]) });
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal = tf.mul(centred, inverse) as tf.Tensor2D;
    (save as tf.GradSaveFunc)([normal, inverse]);
    return {
      value: normal,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [y, scale] = saved as [tf.Tensor2D, tf.Tensor2D];
        const along = tf.mul(y, columnMeans(tf.mul(dy, y)));
        return tf.mul(tf.sub(tf.sub(dy, columnMeans(dy)), along), scale);
      },
    };
  });
  return normalise(x) as tf.Tensor2D;
}
