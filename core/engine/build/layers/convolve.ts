import * as tf from '@tensorflow/tfjs-core';

/**
 * The kernel with d − 1 zeros between neighbouring taps, [kh, kw, …] -> [(kh−1)d₁+1, (kw−1)d₂+1, …]. A convolution with it is the
 * dilated convolution; TensorFlow.js has no gradient for dilation, but has one for this.
 */
export function dilateKernel(kernel: tf.Tensor4D, [dh, dw]: readonly [number, number]): tf.Tensor4D {
  const [kh, kw, a, b] = kernel.shape;
  const high = spread(kernel, kh, kw * a * b, dh);
  const rows = (kh - 1) * dh + 1;
  if (dw === 1) return tf.reshape(high, [rows, kw, a, b]);
  const columns = (kw - 1) * dw + 1;
  const padded = tf.pad(tf.reshape(high, [rows, kw, 1, a * b]), [
    [0, 0],
    [0, 0],
    [0, dw - 1],
    [0, 0],
  ]);
  const wide = tf.slice(tf.reshape(padded, [rows, kw * dw, a * b]), [0, 0, 0], [rows, columns, a * b]);
  return tf.reshape(wide, [rows, columns, a, b]);
}

/** [n, m] -> [(n−1)d+1, m] with d − 1 zero rows after each row but the last. */
function spread(kernel: tf.Tensor, n: number, m: number, d: number): tf.Tensor2D {
  const flat = tf.reshape(kernel, [n, m]) as tf.Tensor2D;
  if (d === 1) return flat;
  const padded = tf.pad(tf.reshape(flat, [n, 1, m]), [
    [0, 0],
    [0, d - 1],
    [0, 0],
  ]);
  return tf.slice(tf.reshape(padded, [n * d, m]), [0, 0], [(n - 1) * d + 1, m]) as tf.Tensor2D;
}

/**
 * 2-D convolution of [b, h, w, c] with a kernel [kh, kw, c / groups, filters]: each group of input channels sees its own
 * filters / groups filters.
 */
export function groupedConv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  strides: [number, number],
  padding: 'same' | 'valid',
  groups: number,
): tf.Tensor4D {
  if (groups === 1) return tf.conv2d(x, kernel, strides, padding);
  const maps = tf.split(x, groups, 3);
  const kernels = tf.split(kernel, groups, 3);
  const parts = maps.map((map, i) => tf.conv2d(map as tf.Tensor4D, kernels[i] as tf.Tensor4D, strides, padding));
  return tf.concat(parts, 3);
}

/** [n] -> [1, n] (a 1-D convolution is one along the width), [n, m] as it is. */
export function pair(values: readonly number[]): [number, number] {
  return values.length === 1 ? [1, values[0] ?? 1] : [values[0] ?? 1, values[1] ?? 1];
}
