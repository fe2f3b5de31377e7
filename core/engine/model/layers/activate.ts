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
  relu6: (x) => tf.relu6(x),
  leakyRelu: (x, { negativeSlope = 0.2 }) => tf.leakyRelu(x, negativeSlope),
  elu: (x, { alpha = 1 }) => (alpha === 1 ? tf.elu(x) : elu(x, alpha)),
  selu: (x) => tf.selu(x),
  gelu: (x, { approximate = false }) => (approximate ? gated(x, tanhGate) : gated(x, normalGate)),
  swish: (x) => gated(x, sigmoidGate),
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

/**
 * x above zero, α(eˣ − 1) below; the exponent is clipped so that large positive inputs make no infinity in the gradient. At zero the slope is
 * α, as in Keras.
 */
function elu(x: tf.Tensor, alpha: number): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(tf.sub(tf.exp(tf.minimum(x, 0)), 1), alpha));
}

/** A function that says how much of x passes, and its derivative, which may use the function's value. */
interface Gate {
  share(x: tf.Tensor): tf.Tensor;
  slope(x: tf.Tensor, share: tf.Tensor): tf.Tensor;
}

/** x · share(x), with its gradient in closed form: half the passes over the data of following every operation back. */
function gated(x: tf.Tensor, gate: Gate): tf.Tensor {
  const run = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [input, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const share = gate.share(input);
    save([input, share]);
    return {
      value: tf.mul(input, share),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [given, kept] = saved as [tf.Tensor, tf.Tensor];
        return tf.mul(dy, tf.add(kept, tf.mul(given, gate.slope(given, kept))));
      },
    };
  });
  return run(x);
}

const sigmoidGate: Gate = {
  share: (x) => tf.sigmoid(x),
  slope: (_, share) => tf.mul(share, tf.sub(1, share)),
};

/** The normal distribution (Hendrycks & Gimpel 2016). */
const normalGate: Gate = {
  share: (x) => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5),
  slope: (x) => tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI)),
};

/** ½(1 + tanh u) = σ(2u) with u = √(2/π)(x + 0.044715 x³). */
const GELU_SCALE = 2 * Math.sqrt(2 / Math.PI);
const tanhGate: Gate = {
  share: (x) => tf.sigmoid(tf.mul(x, tf.add(tf.mul(tf.square(x), 0.044715 * GELU_SCALE), GELU_SCALE))),
  slope: (x, share) =>
    tf.mul(tf.mul(share, tf.sub(1, share)), tf.add(tf.mul(tf.square(x), 3 * 0.044715 * GELU_SCALE), GELU_SCALE)),
};

/** tf.softmax knows the last axis only. */
function softmax(x: tf.Tensor, axis: number): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  if (at === x.rank - 1) return tf.softmax(x);
  const swap = x.shape.map((_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i));
  return tf.transpose(tf.softmax(tf.transpose(x, swap)), swap);
}
