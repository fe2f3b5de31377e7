import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { KERNEL_CASES, type KernelCase, kernelTensors, values } from './kernelCases.ts';
import { tensorflowHome } from './tensorflowHome.ts';

const environment = { home: tensorflowHome ?? mkdtempSync(join(tmpdir(), 'loom-kernels-')) };

async function evaluate(backend: 'cpu' | 'wasm' | 'tensorflow', item: KernelCase): Promise<Float32Array[]> {
  await activateBackend(backend, environment);
  return tf.tidy(() => kernelTensors(item).map((tensor) => tensor.dataSync() as Float32Array));
}

describe.each(['wasm', 'tensorflow'] as const)(
  '%s kernels agree with the cpu reference, forward and gradients',
  (backend) => {
    const here = test.skipIf(backend === 'tensorflow' && tensorflowHome === null);
    // TensorFlow pads with 'same' and 'valid' only.
    const cases = KERNEL_CASES.filter(({ name }) => backend === 'wasm' || !name.includes('padding wider'));
    here.each(cases)('$name', async (item) => {
      const reference = await evaluate('cpu', item);
      const ours = await evaluate(backend, item);
      expect(ours.length).toBe(reference.length);
      reference.forEach((expected, i) => {
        expect(ours[i]?.length).toBe(expected.length);
        expected.forEach((value, j) => {
          expect(Math.abs((ours[i]?.[j] ?? Number.NaN) - value), `tensor ${i}, element ${j}`).toBeLessThan(2e-5);
        });
      });
    });
  },
);

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
