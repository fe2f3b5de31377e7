import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { seededRandom } from '../../../core/engine/build/random.ts';

const environment = { home: mkdtempSync(join(tmpdir(), 'loom-kernels-')) };

function values(shape: readonly number[], name: string): Float32Array {
  const random = seededRandom('kernels', name);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1);
}

interface Case {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  run(...inputs: tf.Tensor[]): tf.Tensor;
}

/** Output and gradients of Σ w·f(x) with fixed random w, on one backend. */
async function evaluate(backend: 'cpu' | 'wasm', { shapes, run }: Case): Promise<Float32Array[]> {
  await activateBackend(backend, environment);
  const results = tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.tensor(values(shape, `x${i}`), [...shape]));
    const output = run(...inputs);
    const weights = tf.tensor(values(output.shape, 'w'), output.shape);
    const gradients = tf.grads((...xs: tf.Tensor[]) => tf.sum(tf.mul(run(...xs), weights)))(inputs);
    return [output, ...gradients].map((tensor) => tensor.dataSync() as Float32Array);
  });
  return results;
}

function conv(
  name: string,
  x: number[],
  filter: number[],
  strides: number | [number, number],
  pad: 'same' | 'valid' | number,
): Case {
  return {
    name: `conv2d ${name}`,
    shapes: [x, filter],
    run: (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
  };
}

function depthwise(name: string, x: number[], filter: number[], strides: number, pad: 'same' | 'valid'): Case {
  return {
    name: `depthwise ${name}`,
    shapes: [x, filter],
    run: (a, b) => tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
  };
}

const CASES: readonly Case[] = [
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

describe('wasm kernels agree with the cpu reference, forward and gradients', () => {
  test.each(CASES)('$name', async (item) => {
    const reference = await evaluate('cpu', item);
    const ours = await evaluate('wasm', item);
    expect(ours.length).toBe(reference.length);
    reference.forEach((expected, i) => {
      expect(ours[i]?.length).toBe(expected.length);
      expected.forEach((value, j) => {
        expect(Math.abs((ours[i]?.[j] ?? Number.NaN) - value), `tensor ${i}, element ${j}`).toBeLessThan(2e-5);
      });
    });
  });
});

describe('average pooling at padded edges', () => {
  test.each(['cpu', 'wasm'] as const)('%s: gradient equals finite differences', async (backend) => {
    await activateBackend(backend, environment);
    const shape: [number, number, number, number] = [1, 5, 5, 1];
    const start = values(shape, 'fd');
    const f = (x: tf.Tensor) => tf.sum(tf.square(tf.avgPool(x as tf.Tensor4D, 3, 2, 'same')));
    const gradient = tf.tidy(() => tf.grad(f)(tf.tensor4d(start, shape)).dataSync());
    for (const at of [0, 4, 12, 24]) {
      const shifted = (by: number) =>
        tf.tidy(
          () =>
            f(
              tf.tensor4d(
                start.map((v, i) => (i === at ? v + by : v)),
                shape,
              ),
            ).dataSync()[0] ?? 0,
        );
      expect(Math.abs((shifted(0.01) - shifted(-0.01)) / 0.02 - (gradient[at] ?? 0))).toBeLessThan(2e-3);
    }
  });
});

test('kernels leave nothing behind in the heap', async () => {
  await activateBackend('wasm', environment);
  const round = () =>
    tf.tidy(() => {
      const x = tf.tensor4d(values([2, 8, 8, 3], 'x'), [2, 8, 8, 3]);
      const w = tf.tensor4d(values([3, 3, 3, 4], 'w'), [3, 3, 3, 4]);
      tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same')))([
        x,
        w,
      ]);
      tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same')))([
        x,
        w,
      ]);
    });
  const dataIds = () => tf.engine().backend.numDataIds();
  round();
  const before = dataIds();
  for (let i = 0; i < 10; i++) round();
  expect(dataIds()).toBe(before);
});

test('running out of memory is an error with the numbers, and what was there is still right', async () => {
  await activateBackend('wasm', environment);
  const x = tf.tensor1d([1, 2, 3]);
  expect(() => tf.fill([1_500_000_000], 1)).toThrow(/does not fit .* another 5,723 MiB/);
  expect(Array.from(x.dataSync())).toEqual([1, 2, 3]);
  x.dispose();
});
