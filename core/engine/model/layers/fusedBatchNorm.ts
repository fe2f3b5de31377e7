import * as tf from '@tensorflow/tfjs-core';
import type { BatchMoments } from './batchMoments.ts';

/**
 * Names under which a backend's kernel pack registers batch normalisation with batch statistics, over all axes but the last:
 * (x, gamma, beta; epsilon) -> [y, mean, biased variance, whatever the gradient needs …], and
 * (dy, x, gamma, saved0, saved1, …; epsilon) -> [dx, dgamma, dbeta].
 */
export const BATCH_NORM_KERNEL = 'LoomBatchNorm';
export const BATCH_NORM_GRAD_KERNEL = 'LoomBatchNormGrad';

export function hasFusedBatchNorm(): boolean {
  return tf.getKernel(BATCH_NORM_KERNEL, tf.getBackend()) !== undefined;
}

/**
 * gamma · (x − mean) / √(variance + ε) + beta over all axes but the last, as one kernel with one for its gradient. `observe` gets the
 * moments; its tensors live only during the call.
 */
export function fusedBatchNorm(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  observe: (moments: BatchMoments) => void,
): tf.Tensor {
  const normalise = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [input, scale, offset] = args as tf.Tensor[];
    const save = args.at(-1) as tf.GradSaveFunc;
    if (!input || !scale || !offset) throw new Error('Batch normalisation needs x, gamma and beta');
    const [y, mean, variance, ...kept] = tf
      .engine()
      .runKernel(BATCH_NORM_KERNEL, { x: input, gamma: scale, beta: offset }, { epsilon }) as tf.Tensor[];
    if (!y || !mean || !variance) throw new Error(`${BATCH_NORM_KERNEL} must return at least three tensors`);
    observe({ mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D });
    save([input, scale, ...kept]);
    return { value: y, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradient(dy, saved, epsilon) };
  });
  return normalise(x, gamma, beta);
}

function gradient(dy: tf.Tensor, [x, gamma, ...kept]: tf.Tensor[], epsilon: number): tf.Tensor[] {
  const inputs = { dy, x, gamma, ...Object.fromEntries(kept.map((tensor, i) => [`saved${i}`, tensor])) };
  return tf.engine().runKernel(BATCH_NORM_GRAD_KERNEL, inputs as tf.NamedTensorMap, { epsilon }) as tf.Tensor[];
}
