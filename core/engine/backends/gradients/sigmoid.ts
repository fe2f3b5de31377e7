import * as tf from '@tensorflow/tfjs-core';

/** Names under which a kernel pack registers the gradients of sigmoid, dy · y(1 − y), and of tanh, dy · (1 − y²): (dy, y) -> one tensor. */
export const SIGMOID_GRAD_KERNEL = 'LoomSigmoidGrad';
export const TANH_GRAD_KERNEL = 'LoomTanhGrad';

/** The gradients of sigmoid and tanh as one kernel where the backend has it, composed of three as in TensorFlow.js where not. */
export function registerSigmoidGradients(): void {
  register('Sigmoid', SIGMOID_GRAD_KERNEL, (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))));
  register('Tanh', TANH_GRAD_KERNEL, (dy, y) => tf.mul(tf.sub(1, tf.square(y)), dy));
}

function register(name: string, kernel: string, composed: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor): void {
  tf.unregisterGradient(name);
  tf.registerGradient({
    kernelName: name,
    outputsToSave: [true],
    gradFunc: (given, [y]) => {
      const dy = given as tf.Tensor;
      if (!y) throw new Error(`The gradient of ${name} needs its output`);
      const fused = tf.getKernel(kernel, tf.getBackend()) !== undefined;
      return { x: () => (fused ? (tf.engine().runKernel(kernel, { dy, y }) as tf.Tensor) : composed(dy, y)) };
    },
  });
}
