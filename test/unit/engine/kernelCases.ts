import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { seededRandom } from '../../../core/engine/model/random.ts';

export function values(shape: readonly number[], name: string): Float32Array {
  const random = seededRandom('kernels', name);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1);
}

export interface KernelCase {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  run(...inputs: tf.Tensor[]): tf.Tensor;
}

/** Output and gradients of Σ w·f(x) with fixed random w, on the current backend. */
export function kernelTensors({ shapes, run }: KernelCase): tf.Tensor[] {
  const inputs = shapes.map((shape, i) => tf.tensor(values(shape, `x${i}`), [...shape]));
  const output = run(...inputs);
  const weights = tf.tensor(values(output.shape, 'w'), output.shape);
  return [output, ...tf.grads((...xs: tf.Tensor[]) => tf.sum(tf.mul(run(...xs), weights)))(inputs)];
}

function conv(
  name: string,
  x: number[],
  filter: number[],
  strides: number | [number, number],
  pad: 'same' | 'valid' | number,
): KernelCase {
  return {
    name: `conv2d ${name}`,
    shapes: [x, filter],
    run: (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
  };
}

function depthwise(name: string, x: number[], filter: number[], strides: number, pad: 'same' | 'valid'): KernelCase {
  return {
    name: `depthwise ${name}`,
    shapes: [x, filter],
    run: (a, b) => tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
  };
}

/** Every kernel the catalogue and the losses use, with its gradient. */
export const KERNEL_CASES: readonly KernelCase[] = [
  conv('same', [2, 6, 5, 3], [3, 3, 3, 4], 1, 'same'),
  conv('valid', [2, 6, 5, 3], [3, 2, 3, 4], 1, 'valid'),
  conv('stride 2, same', [3, 7, 8, 2], [3, 3, 2, 5], 2, 'same'),
  conv('stride 2, valid', [3, 7, 8, 2], [2, 3, 2, 5], 2, 'valid'),
  conv('stride 1×3, same', [2, 5, 9, 2], [2, 4, 2, 3], [1, 3], 'same'),
  conv('padding wider than the kernel', [1, 4, 4, 1], [1, 1, 1, 2], 1, 1),
  conv('1×1, stride 2', [2, 8, 8, 4], [1, 1, 4, 8], 2, 'same'),
  conv('kernel larger than the picture', [2, 3, 3, 2], [5, 5, 2, 2], 1, 'same'),
  depthwise('same', [2, 6, 5, 3], [3, 3, 3, 2], 1, 'same'),
  depthwise('stride 2, valid', [2, 7, 7, 2], [3, 2, 2, 1], 2, 'valid'),
  { name: 'max pool', shapes: [[2, 7, 6, 3]], run: (x) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'same') },
  { name: 'max pool valid', shapes: [[2, 6, 6, 3]], run: (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid') },
  // Where several inputs are the largest, the first one gets the gradient.
  {
    name: 'max pool of ties',
    shapes: [[2, 8, 8, 5]],
    run: (x) => tf.maxPool(tf.relu(x) as tf.Tensor4D, 2, 2, 'valid'),
  },
  {
    name: 'max pool of overlapping ties',
    shapes: [[2, 9, 8, 3]],
    run: (x) => tf.maxPool(tf.relu(x) as tf.Tensor4D, 3, 1, 'same'),
  },
  { name: 'average pool', shapes: [[2, 7, 6, 3]], run: (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same') },
  { name: 'average pool valid', shapes: [[2, 6, 6, 3]], run: (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid') },
  {
    name: 'embedding',
    shapes: [[5, 3]],
    run: (table) =>
      tf.gather(
        table,
        tf.tensor2d(
          [
            [0, 4, 4],
            [1, 0, 2],
          ],
          [2, 3],
          'int32',
        ),
      ),
  },
  {
    name: 'bias on a map',
    shapes: [[2, 3, 4, 5], [5]],
    run: (x, bias) => tf.add(x, bias),
  },
  {
    name: 'a vector of another axis',
    shapes: [[2, 3, 1], [4]],
    run: (x, bias) => tf.add(x, bias),
  },
  {
    name: 'a vector before a matrix',
    shapes: [[3], [4, 3]],
    run: (a, b) => tf.add(a, b),
  },
  { name: 'sum over all axes', shapes: [[3, 4]], run: (x) => tf.sum(x) },
  { name: 'sum over leading axes', shapes: [[3, 4, 5]], run: (x) => tf.sum(x, [0, 1]) },
  { name: 'sum over the last axis, kept', shapes: [[3, 4, 5]], run: (x) => tf.sum(x, -1, true) },
  { name: 'mean over all axes', shapes: [[3, 4]], run: (x) => tf.mean(x) },
  { name: 'mean over a middle axis', shapes: [[3, 4, 5]], run: (x) => tf.mean(x, 1) },
  { name: 'mean over the first axis, kept', shapes: [[3, 4, 5]], run: (x) => tf.mean(x, 0, true) },
  { name: 'sigmoid', shapes: [[3, 5]], run: (x) => tf.sigmoid(x) },
  { name: 'tanh', shapes: [[3, 5]], run: (x) => tf.tanh(x) },
  {
    name: 'cast to its own type',
    shapes: [[4]],
    run: (x) => tf.mul(tf.cast(x, 'float32'), x),
  },
  {
    name: 'matmul',
    shapes: [
      [4, 3],
      [3, 5],
    ],
    run: (a, b) => tf.matMul(a, b),
  },
  {
    name: 'matmul, both transposed',
    shapes: [
      [3, 4],
      [5, 3],
    ],
    run: (a, b) => tf.matMul(a, b, true, true),
  },
  {
    name: 'batched matmul, transposed',
    shapes: [
      [2, 3, 4],
      [2, 3, 5],
    ],
    run: (a, b) => tf.matMul(a, b, true, false),
  },
  { name: 'slice rank 1', shapes: [[9]], run: (x) => tf.slice(x, [2], [5]) },
  { name: 'slice rank 3', shapes: [[4, 5, 6]], run: (x) => tf.slice(x, [1, 2, 3], [2, 3, 2]) },
  { name: 'slice leading axis', shapes: [[4, 5, 6]], run: (x) => tf.slice(x, [1, 0, 0], [2, 5, 6]) },
  { name: 'slice middle axis', shapes: [[4, 5, 40]], run: (x) => tf.slice(x, [0, 1, 0], [4, 3, 40]) },
  { name: 'slice rank 5', shapes: [[2, 3, 2, 3, 2]], run: (x) => tf.slice(x, [0, 1, 0, 1, 0], [2, 2, 1, 2, 2]) },
  { name: 'tile', shapes: [[2, 1, 3]], run: (x) => tf.tile(x, [3, 4, 2]) },
  { name: 'tile rank 1', shapes: [[3]], run: (x) => tf.tile(x, [5]) },
  { name: 'global average', shapes: [[2, 4, 4, 3]], run: (x) => tf.mean(x, [1, 2]) },
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 4],
    ],
    run: (a, b) => tf.concat([a, b], 1),
  },
  {
    name: 'resize bilinear down',
    shapes: [[1, 7, 5, 2]],
    run: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [3, 4], false, true),
  },
  {
    name: 'resize bilinear',
    shapes: [[2, 3, 4, 2]],
    run: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [6, 8], false, true),
  },
  {
    name: 'resize nearest',
    shapes: [[2, 3, 4, 2]],
    run: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [6, 8]),
  },
  { name: 'elu', shapes: [[10]], run: (x) => tf.elu(x) },
  { name: 'selu', shapes: [[10]], run: (x) => tf.selu(x) },
  { name: 'softplus', shapes: [[10]], run: (x) => tf.softplus(x) },
  { name: 'erf', shapes: [[10]], run: (x) => tf.erf(x) },
  { name: 'leaky relu', shapes: [[10]], run: (x) => tf.leakyRelu(x, 0.3) },
  { name: 'prelu', shapes: [[4, 3], [3]], run: (x, a) => tf.prelu(x, a) },
  { name: 'log softmax', shapes: [[4, 5]], run: (x) => tf.logSoftmax(x) },
];
