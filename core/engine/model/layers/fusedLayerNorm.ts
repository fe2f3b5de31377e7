import * as tf from '@tensorflow/tfjs-core';

/**
 * Names under which a backend's kernel pack registers layer normalisation of the rows of a matrix:
 * (x [n, c], gamma [c], beta [c]; epsilon) -> [y, whatever the gradient needs …], and
 * (dy, x, gamma, saved0, saved1, …) -> [dx, dgamma, dbeta].
 */
export const LAYER_NORM_KERNEL = 'LoomLayerNorm';
export const LAYER_NORM_GRAD_KERNEL = 'LoomLayerNormGrad';

export function hasFusedLayerNorm(): boolean {
  return tf.getKernel(LAYER_NORM_KERNEL, tf.getBackend()) !== undefined;
}

/** gamma · (x − mean) / √(variance + ε) + beta with mean and variance of each row, as one kernel with one for its gradient. */
export function fusedLayerNorm(x: tf.Tensor2D, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor {
  const normalise = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [input, scale, offset] = args as tf.Tensor[];
    const save = args.at(-1) as tf.GradSaveFunc;
    if (!input || !scale || !offset) throw new Error('Layer normalisation needs x, gamma and beta');
    const inputs = { x: input, gamma: scale, beta: offset };
    const [y, ...kept] = tf.engine().runKernel(LAYER_NORM_KERNEL, inputs, { epsilon }) as tf.Tensor[];
    if (!y) throw new Error(`${LAYER_NORM_KERNEL} must return the output`);
    save([input, scale, ...kept]);
    return { value: y, gradFunc: gradient };
  });
  return normalise(x, gamma, beta);
}

function gradient(dy: tf.Tensor, [x, gamma, ...kept]: tf.Tensor[]): tf.Tensor[] {
  const inputs = { dy, x, gamma, ...Object.fromEntries(kept.map((tensor, i) => [`saved${i}`, tensor])) };
  return tf.engine().runKernel(LAYER_NORM_GRAD_KERNEL, inputs as tf.NamedTensorMap) as tf.Tensor[];
}
