import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradients of taking a tensor apart. TensorFlow.js hands the gradient function of a kernel with one output a tensor instead of a list of
 * one, which its own functions for these two kernels do not expect: they fail where there is a single piece, such as one time step.
 */
export function registerPieceGradients(): void {
  register('Unpack', (pieces, axis) => ({ value: () => tf.stack(pieces, axis) }));
  register('SplitV', (pieces, axis) => ({ x: () => tf.concat(pieces, axis) }));
}

function register(
  kernelName: string,
  gradient: (pieces: tf.Tensor[], axis: number) => Readonly<Record<string, () => tf.Tensor>>,
): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    gradFunc: (dy, _saved, attrs) => gradient([dy].flat(), (attrs as { readonly axis?: number }).axis ?? 0),
  });
}
