import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../tensor/index.ts';

/**
 * The kernel with d − 1 zeros between neighbouring taps along each of its first axes, of which `dilation` has one entry each: k taps become
 * (k − 1)·d + 1. A convolution with it is the dilated convolution; TensorFlow.js has no gradient for dilation, but has one for this.
 */
export function dilateKernel(kernel: tf.Tensor, dilation: readonly number[]): tf.Tensor {
  return dilation.reduce((spread, rate, axis) => (rate === 1 ? spread : spreadAxis(spread, axis, rate)), kernel);
}

function spreadAxis(kernel: tf.Tensor, axis: number, rate: number): tf.Tensor {
  const { shape } = kernel;
  const before = sizeOf(shape.slice(0, axis));
  const taps = shape[axis] ?? 1;
  const behind = sizeOf(shape.slice(axis + 1));
  const padded = tf.pad(tf.reshape(kernel, [before, taps, 1, behind]), [
    [0, 0],
    [0, 0],
    [0, rate - 1],
    [0, 0],
  ]);
  const reach = (taps - 1) * rate + 1;
  const cut = tf.slice(tf.reshape(padded, [before, taps * rate, behind]), [0, 0, 0], [before, reach, behind]);
  return tf.reshape(cut, [...shape.slice(0, axis), reach, ...shape.slice(axis + 1)]);
}

/**
 * Convolution of [b, h, w, c] or [b, d, h, w, c] with a kernel [...taps, c / groups, filters]: each group of input channels sees its own
 * filters / groups filters.
 * @param depthDilation of volumes, whose kernels are not spread along the depth
 */
export function groupedConv(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  padding: 'same' | 'valid',
  groups: number,
  depthDilation = 1,
): tf.Tensor {
  const conv = (map: tf.Tensor, taps: tf.Tensor) =>
    x.rank === 5
      ? convolveVolume(map as tf.Tensor5D, taps as tf.Tensor5D, strides, padding, depthDilation)
      : tf.conv2d(map as tf.Tensor4D, taps as tf.Tensor4D, [strides[0] ?? 1, strides[1] ?? 1], padding);
  if (groups === 1) return conv(x, kernel);
  const maps = tf.split(x, groups, x.rank - 1);
  const kernels = tf.split(kernel, groups, kernel.rank - 1);
  return tf.concat(
    maps.map((map, i) => conv(map, kernels[i] ?? kernel)),
    x.rank - 1,
  );
}

/**
 * Convolution of volumes as a sum of those of maps, one for each of the kernel's taps along the depth: the wasm backend's own is wrong, and
 * no backend's has a gradient for dilation.
 */
function convolveVolume(
  x: tf.Tensor5D,
  kernel: tf.Tensor5D,
  [deep = 1, high = 1, wide = 1]: readonly number[],
  padding: 'same' | 'valid',
  dilation: number,
): tf.Tensor {
  const [batch, depth, height, width, channels] = x.shape;
  const [taps, kh, kw, read, filters] = kernel.shape;
  const reach = (taps - 1) * dilation + 1;
  const outputs = padding === 'same' ? Math.ceil(depth / deep) : Math.floor((depth - reach) / deep) + 1;
  const before = padding === 'same' ? Math.floor(Math.max((outputs - 1) * deep + reach - depth, 0) / 2) : 0;
  const size = height * width * channels;
  const rows = reach - 1 + outputs * deep;
  const padded = tf.pad(tf.reshape(x, [batch, depth, size]), [
    [0, 0],
    [before, Math.max(0, rows - depth - before)],
    [0, 0],
  ]);
  const sums = Array.from({ length: taps }, (_, tap) => {
    const from = tf.slice(padded, [0, tap * dilation, 0], [batch, outputs * deep, size]);
    const seen = tf.slice(tf.reshape(from, [batch * outputs, deep, size]), [0, 0, 0], [batch * outputs, 1, size]);
    const maps = tf.reshape(seen, [batch * outputs, height, width, channels]) as tf.Tensor4D;
    const slice = tf.slice(tf.reshape(kernel, [taps, kh * kw * read * filters]), [tap, 0], [1, -1]);
    return tf.conv2d(maps, tf.reshape(slice, [kh, kw, read, filters]) as tf.Tensor4D, [high, wide], padding);
  });
  const sum = sums.reduce((a, b) => tf.add(a, b));
  return tf.reshape(sum, [batch, outputs, ...sum.shape.slice(1)]);
}

/** [n] -> [1, n] (a 1-D convolution is one along the width), [n, m] as it is. */
export function pair(values: readonly number[]): [number, number] {
  return values.length === 1 ? [1, values[0] ?? 1] : [values[0] ?? 1, values[1] ?? 1];
}
