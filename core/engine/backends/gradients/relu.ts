import * as tf from '@tensorflow/tfjs-core';

/** Name under which a kernel pack registers dy where y > 0, else 0: (dy, y) -> one tensor. */
export const RELU_GRAD_KERNEL = 'LoomReluGrad';

/** The gradient of ReLU as one kernel where the backend has it, composed of a step and a product as in TensorFlow.js where not. */
export function registerReluGradient(): void {
  tf.unregisterGradient('Relu');
  tf.registerGradient({
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (given, [y]) => {
      const dy = given as tf.Tensor;
      if (!y) throw new Error('The gradient of ReLU needs its output');
      return {
        x: () =>
          tf.getKernel(RELU_GRAD_KERNEL, tf.getBackend())
            ? (tf.engine().runKernel(RELU_GRAD_KERNEL, { dy, y }) as tf.Tensor)
            : tf.mul(dy, tf.cast(tf.step(y), 'float32')),
      };
    },
  });
}
