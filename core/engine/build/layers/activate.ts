import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../../catalogue/index.ts';

/** Parameters that some activations take; what is left out has the default of Keras's function of that name. */
export interface ActivationParams {
  /** relu, leakyRelu: slope below the threshold (0), below zero (0.2). */
  readonly negativeSlope?: number;
  /** relu: largest output; null is no limit. */
  readonly maxValue?: number | null;
  /** relu: inputs up to here give zero, or follow the negative slope. */
  readonly threshold?: number;
  /** elu: size of the negative plateau (1). */
  readonly alpha?: number;
  /** gelu: the tanh approximation instead of the exact form. */
  readonly approximate?: boolean;
  /** softmax: axis, batch counted (−1). */
  readonly axis?: number;
}

/** Applies an activation exactly as `keras.activations` does. */
export function activate(name: ActivationName, x: tf.Tensor, params: ActivationParams = {}): tf.Tensor {
  return functions[name](x, params);
}

const functions: { readonly [N in ActivationName]: (x: tf.Tensor, params: ActivationParams) => tf.Tensor } = {
  linear: (x) => x,
  relu,
  leakyRelu: (x, { negativeSlope = 0.2 }) => tf.leakyRelu(x, negativeSlope),
  elu: (x, { alpha = 1 }) => (alpha === 1 ? tf.elu(x) : elu(x, alpha)),
  selu: (x) => tf.selu(x),
  gelu: (x, { approximate = false }) => tf.mul(tf.mul(x, 0.5), tf.add(approximate ? geluTanh(x) : geluErf(x), 1)),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  sigmoid: (x) => tf.sigmoid(x),
  // Keras 3: x/6 + 0.5 clipped to [0, 1]. TensorFlow.js has 0.2x + 0.5 under this name.
  hardSigmoid: (x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  tanh: (x) => tf.tanh(x),
  softmax: (x, { axis = -1 }) => softmax(x, axis),
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
};

/** Same cases as Keras: max(x, 0), cut at maxValue; with a threshold, x where x > threshold; slope · (x − threshold) below. */
function relu(x: tf.Tensor, { negativeSlope = 0, maxValue = null, threshold = 0 }: ActivationParams): tf.Tensor {
  if (negativeSlope !== 0 && maxValue === null && threshold === 0) return tf.leakyRelu(x, negativeSlope);
  const above = threshold === 0 ? tf.relu(x) : tf.mul(x, tf.step(tf.sub(x, threshold)));
  const cut = maxValue === null ? above : tf.clipByValue(above, 0, maxValue);
  return negativeSlope === 0 ? cut : tf.sub(cut, tf.mul(tf.relu(tf.sub(threshold, x)), negativeSlope));
}

/** x above zero, α(eˣ − 1) below; the exponent is clipped so that large positive inputs make no infinity in the gradient. */
function elu(x: tf.Tensor, alpha: number): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(tf.sub(tf.exp(tf.neg(tf.relu(tf.neg(x)))), 1), alpha));
}

const geluErf = (x: tf.Tensor) => tf.erf(tf.mul(x, Math.SQRT1_2));
const geluTanh = (x: tf.Tensor) =>
  tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI)));

/** tf.softmax knows the last axis only. */
function softmax(x: tf.Tensor, axis: number): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  if (at === x.rank - 1) return tf.softmax(x);
  const swap = x.shape.map((_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i));
  return tf.transpose(tf.softmax(tf.transpose(x, swap)), swap);
}
