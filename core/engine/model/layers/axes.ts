import * as tf from '@tensorflow/tfjs-core';

/** Axis order that brings `axes` to the end, in the order given, and the order that undoes it. */
export function toLast(rank: number, axes: readonly number[]): { forth: number[]; back: number[]; moved: boolean } {
  const others = Array.from({ length: rank }, (_, i) => i).filter((i) => !axes.includes(i));
  const forth = [...others, ...axes];
  const back = forth.map((_, i) => forth.indexOf(i));
  return { forth, back, moved: forth.some((axis, i) => axis !== i) };
}

/** Applies `compute` to x as a matrix [everything else, the given axes], and puts the axes back. */
export function asMatrix(x: tf.Tensor, axes: readonly number[], compute: (x: tf.Tensor2D) => tf.Tensor): tf.Tensor {
  const { forth, back, moved } = toLast(x.rank, axes);
  const ordered = moved ? tf.transpose(x, forth) : x;
  const width = axes.reduce((n, axis) => n * (x.shape[axis] ?? 1), 1);
  const result = tf.reshape(compute(tf.reshape(ordered, [x.size / width, width])), ordered.shape);
  return moved ? tf.transpose(result, back) : result;
}
