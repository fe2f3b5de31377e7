import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradients exactly where a function has a kink or two inputs tie, as TensorFlow and Keras have them. It happens: biases and slopes start at
 * zero, ReLU puts out zeros, enlarged pictures repeat their pixels. TensorFlow.js takes −1 for the slope of |x| at 0, so that a penalty
 * drives a zero away from zero; gives each of several largest values the whole gradient; and takes the slope from below at 0 for SELU
 * and PReLU.
 */
export function registerKinkGradients(): void {
  register('Abs', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sign(x)) }));
  register('Selu', ['x'], (dy, [x]) => ({
    x: () => {
      const below = tf.mul(tf.mul(dy, SELU_SCALE * SELU_ALPHA), tf.exp(tf.minimum(x, 0)));
      return tf.where(tf.greaterEqual(x, 0), tf.mul(dy, SELU_SCALE), below);
    },
  }));
  register('Prelu', ['x', 'alpha'], (dy, [x, alpha]) => ({
    x: () => tf.mul(dy, tf.add(tf.step(x), tf.mul(tf.step(tf.neg(x)), alpha))),
    alpha: () => {
      const all = tf.mul(dy, tf.minimum(x, 0));
      const axes = tf.broadcast_util.getReductionAxes(alpha.shape, dy.shape);
      return tf.reshape(axes.length === 0 ? all : tf.sum(all, axes), alpha.shape);
    },
  }));
  register(
    'Max',
    ['x'],
    (dy, [x, y], attrs) => {
      const axes = tf.util.parseAxisParam((attrs as { readonly reductionIndices: number[] }).reductionIndices, x.shape);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      return {
        x: () => {
          const largest = tf.cast(tf.equal(x, tf.reshape(y, kept)), 'float32');
          // The shaders of webgpu cannot add up what was a comparison: ties stay as TensorFlow.js has them there.
          if (tf.getBackend() === 'webgpu') return tf.mul(largest, tf.reshape(dy, kept));
          return tf.mul(largest, tf.div(tf.reshape(dy, kept), tf.sum(largest, axes, true)));
        },
      };
    },
    [true],
  );
}

/** Klambauer et al. 2017. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

type Gradients = Readonly<Record<string, () => tf.Tensor>>;

function register(
  kernelName: string,
  inputsToSave: string[],
  gradient: (dy: tf.Tensor, saved: [tf.Tensor, tf.Tensor], attrs: object) => Gradients,
  outputsToSave: boolean[] = [],
): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave,
    outputsToSave,
    gradFunc: (dy, saved, attrs) => gradient(dy as tf.Tensor, saved as [tf.Tensor, tf.Tensor], attrs),
  });
}
