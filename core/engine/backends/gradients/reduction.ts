import * as tf from '@tensorflow/tfjs-core';

/** Name under which a kernel pack registers repeating a tensor along its axes of length 1: (x; shape) -> one tensor. */
export const BROADCAST_KERNEL = 'LoomBroadcastTo';

/**
 * The gradients of sums and means: dy, divided by the count for a mean, repeated along the axes that are gone. TensorFlow.js multiplies
 * it by ones that it makes in JavaScript and brings to the device each time, and divides at full size.
 */
export function registerReductionGradients(): void {
  register('Sum', (dy) => dy);
  register('Mean', (dy, count) => tf.div(dy, count));
}

function register(kernelName: string, share: (dy: tf.Tensor, count: number) => tf.Tensor): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      if (!x) throw new Error(`The gradient of ${kernelName} needs its input`);
      const { axis } = attrs as { readonly axis?: number | number[] | null };
      // None given: over all.
      const axes = tf.util.parseAxisParam(axis ?? x.shape.map((_, at) => at), x.shape);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
      return { x: () => broadcast(tf.reshape(share(dy as tf.Tensor, count), kept), x.shape) };
    },
  });
}

function broadcast(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (tf.getKernel(BROADCAST_KERNEL, tf.getBackend()) === undefined) return tf.mul(x, tf.ones(shape));
  return tf.engine().runKernel(BROADCAST_KERNEL, { x }, { shape }) as tf.Tensor;
}
