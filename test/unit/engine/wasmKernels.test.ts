import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { fusedBatchNorm, hasFusedBatchNorm } from '../../../core/engine/model/layers/fusedBatchNorm.ts';
import { fusedLstm, hasFusedLstm } from '../../../core/engine/model/layers/fusedLstm.ts';
import { softmaxCrossEntropy } from '../../../core/engine/train/step/softmaxCrossEntropy.ts';
import { type KernelCase, kernelTensors, values } from './kernelCases.ts';

// The kernels of core/engine/backends/wasm/simd where vectors, tiles and blocks end: sizes that are no multiple of anything, single
// ones, empty ones. The reference is TensorFlow.js in plain JavaScript.

const environment = { home: mkdtempSync(join(tmpdir(), 'loom-simd-')) };

async function expectSame(item: KernelCase, tolerance = 2e-5): Promise<void> {
  const run = async (backend: 'cpu' | 'wasm') => {
    await activateBackend(backend, environment);
    return tf.tidy(() => kernelTensors(item).map((tensor) => tensor.dataSync() as Float32Array));
  };
  const reference = await run('cpu');
  const ours = await run('wasm');
  expect(ours.length).toBe(reference.length);
  reference.forEach((expected, i) => {
    expect(ours[i]?.length).toBe(expected.length);
    const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
    const worst = expected.reduce((max, value, j) => Math.max(max, Math.abs(value - (ours[i]?.[j] ?? Number.NaN))), 0);
    expect(worst / scale, `tensor ${i}`).toBeLessThan(tolerance);
  });
}

/** For what TensorFlow.js has no gradient of. */
async function expectForward(run: KernelCase['run'], shapes: readonly number[][]): Promise<void> {
  const on = async (backend: 'cpu' | 'wasm') => {
    await activateBackend(backend, environment);
    return tf.tidy(() => run(...shapes.map((shape, i) => tf.tensor(values(shape, `x${i}`), shape))).dataSync());
  };
  const expected = await on('cpu');
  const actual = await on('wasm');
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] ?? Number.NaN) - value)).toBeLessThan(2e-5);
  });
}

type Shape4 = [number, number, number, number];

describe('convolution with its gradients', () => {
  const cases: readonly [string, Shape4, Shape4, number | [number, number], 'same' | 'valid' | number][] = [
    ['one number', [1, 1, 1, 1], [1, 1, 1, 1], 1, 'valid'],
    ['5 to 9 channels', [3, 7, 5, 5], [3, 3, 5, 9], 1, 'same'],
    ['17 to 33 channels, many units', [5, 13, 11, 17], [3, 3, 17, 33], 1, 'same'],
    ['8 to 16 channels, no padding of channels', [4, 9, 9, 8], [3, 3, 8, 16], 1, 'same'],
    ['stride larger than the kernel: inputs that nothing sees', [2, 10, 11, 3], [2, 2, 3, 5], 3, 'valid'],
    ['stride 2 by 3', [2, 9, 10, 4], [3, 4, 4, 6], [2, 3], 'same'],
    ['padding of 2 around a kernel of 3', [2, 5, 6, 3], [3, 3, 3, 7], 1, 2],
    ['kernel of 1 by 7', [1, 4, 9, 2], [1, 7, 2, 3], 1, 'same'],
    ['one channel, 5 by 5', [3, 12, 11, 1], [5, 5, 1, 6], 1, 'same'],
    ['three channels, stride 2, inputs beyond the last place', [2, 10, 12, 3], [3, 3, 3, 9], 2, 'valid'],
    ['padding that reaches beyond all that is seen', [1, 1, 1, 2], [2, 2, 2, 3], 10, 3],
    ['no pictures', [0, 4, 4, 3], [3, 3, 3, 2], 1, 'same'],
  ];
  test.each(cases)('%s', (_, x, filter, strides, pad) =>
    expectSame({
      name: '',
      shapes: [x, filter],
      run: (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
    }),
  );

  test('dilated, forward', () =>
    expectForward(
      (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]),
      [
        [2, 9, 8, 3],
        [3, 3, 3, 5],
      ],
    ));
});

describe('depthwise convolution with its gradients', () => {
  const cases: readonly [string, Shape4, Shape4, number, 'same' | 'valid'][] = [
    ['one channel', [2, 5, 5, 1], [3, 3, 1, 1], 1, 'same'],
    ['8 channels', [3, 6, 7, 8], [3, 3, 8, 1], 1, 'same'],
    ['37 channels, stride 2', [17, 9, 8, 37], [3, 3, 37, 1], 2, 'same'],
    ['multiplier 3, stride 3', [2, 8, 7, 5], [2, 2, 5, 3], 3, 'valid'],
  ];
  test.each(cases)('%s', (_, x, filter, strides, pad) =>
    expectSame({
      name: '',
      shapes: [x, filter],
      run: (a, b) => tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
    }),
  );

  // The reference's own gradients leave dilation out. What is linear in either factor fixes them: Σ dy · f(x, w) = Σ x · dx = Σ w · dw.
  test('dilated', async () => {
    const [x, w, y] = [
      [2, 9, 9, 6],
      [3, 3, 6, 2],
      [2, 9, 9, 12],
    ] as const;
    await expectForward(
      (a, b) => tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same', 'NHWC', 2),
      [[...x], [...w]],
    );
    const attrs = { inputShape: x, filterShape: w, strides: [1, 1], pad: 'same', dilations: [2, 2] };
    const kernel = (name: string, inputs: tf.NamedTensorMap) =>
      tf.engine().runKernel(`DepthwiseConv2dNative${name}`, inputs, attrs as unknown as tf.NamedAttrMap) as tf.Tensor;
    const sumOf = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b)).dataSync()[0] ?? Number.NaN;
    tf.tidy(() => {
      const [input, filter, dy] = [x, w, y].map((shape, i) => tf.tensor(values(shape, `d${i}`), [...shape])) as Three;
      const whole = sumOf(dy, kernel('', { x: input, filter }));
      expect(sumOf(input, kernel('BackpropInput', { dy, filter }))).toBeCloseTo(whole, 3);
      expect(sumOf(filter, kernel('BackpropFilter', { x: input, dy }))).toBeCloseTo(whole, 3);
    });
  });
});
type Three = [tf.Tensor, tf.Tensor, tf.Tensor];

describe('matrix products with their gradients', () => {
  const sizes = [
    [1, 1, 1],
    [1, 9, 1],
    [3, 1, 5],
    [5, 7, 17],
    [130, 33, 41],
    [9, 0, 4],
    [0, 3, 4],
  ] as const;
  const flags = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const;
  const cases = sizes.flatMap(([m, k, n]) => flags.map(([ta, tb]) => [m, k, n, ta, tb] as const));
  test.each(cases)('%i×%i by %i, transposed: %s, %s', (m, k, n, ta, tb) =>
    expectSame({
      name: '',
      shapes: [ta ? [k, m] : [m, k], tb ? [n, k] : [k, n]],
      run: (a, b) => tf.matMul(a, b, ta, tb),
    }),
  );
  test.each(flags)('eleven small ones, transposed: %s, %s', (ta, tb) =>
    expectSame({
      name: '',
      shapes: [
        [11, ...(ta ? [5, 3] : [3, 5])],
        [11, ...(tb ? [9, 5] : [5, 9])],
      ],
      run: (a, b) => tf.matMul(a, b, ta, tb),
    }),
  );
  test('many by one', () =>
    expectForward(
      (a, b) => tf.matMul(a, b),
      [
        [2, 3, 7, 5],
        [1, 1, 5, 6],
      ],
    ));
});

describe('pooling', () => {
  test.each([1, 4, 7, 12])('overlapping windows, %i channels', (channels) =>
    expectSame({
      name: '',
      shapes: [[3, 9, 8, channels]],
      run: (x) => tf.maxPool(x as tf.Tensor4D, [3, 2], [2, 1], 'same'),
    }),
  );
  test('of equal inputs, the first one has the slope', async () => {
    await activateBackend('wasm', environment);
    const f = (x: tf.Tensor) => tf.sum(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'));
    expect(
      Array.from(
        tf
          .grad(f)(tf.ones([1, 2, 2, 5]))
          .dataSync(),
      ),
    ).toEqual([...Array.from({ length: 5 }, () => 1), ...Array.from({ length: 15 }, () => 0)]);
  });
});

describe('sums and ReLU', () => {
  test.each([
    ['first of three', [1037, 3, 7], [0]],
    ['first two of three', [19, 31, 18], [0, 1]],
    ['one row', [1, 70], [0]],
    ['no rows', [0, 5], [0]],
    ['last', [6, 35], [1]],
  ])('over the axes: %s', (_, shape, axes) => expectSame({ name: '', shapes: [shape], run: (x) => tf.sum(x, axes) }));
  test.each([1, 3, 4, 70_001])('ReLU of %i numbers', (size) =>
    expectSame({ name: '', shapes: [[size]], run: (x) => tf.relu(x) }),
  );
});

/** What plain operations give for the same formulas, differentiated by TensorFlow.js. */
async function expectLikePlain(shapes: readonly number[][], ours: KernelCase['run'], plain: KernelCase['run']) {
  await activateBackend('wasm', environment);
  const actual = tf.tidy(() => kernelTensors({ name: '', shapes, run: ours }).map((t) => t.dataSync() as Float32Array));
  await activateBackend('cpu', environment);
  const expected = tf.tidy(() =>
    kernelTensors({ name: '', shapes, run: plain }).map((t) => t.dataSync() as Float32Array),
  );
  expected.forEach((wanted, i) => {
    const worst = wanted.reduce((max, value, j) => Math.max(max, Math.abs(value - (actual[i]?.[j] ?? Number.NaN))), 0);
    const scale = wanted.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
    expect(worst / scale, `tensor ${i}`).toBeLessThan(2e-5);
  });
}

describe('LSTM over a sequence', () => {
  const plain = (x: tf.Tensor, kernel: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor => {
    const units = recurrent.shape[0] ?? 0;
    let h: tf.Tensor = tf.zeros([x.shape[1] ?? 0, units]);
    let c: tf.Tensor = h;
    const outputs = Array.from({ length: x.shape[0] ?? 0 }, (_, t) => {
      const now = tf.reshape(tf.slice(x, [t, 0, 0], [1, -1, -1]), x.shape.slice(1));
      const sums = tf.add(tf.add(tf.matMul(now, kernel), tf.matMul(h, recurrent)), bias);
      const [i, f, g, o] = tf.split(sums, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      h = tf.mul(tf.sigmoid(o), tf.tanh(c));
      return h;
    });
    return tf.reshape(tf.concat(outputs), [outputs.length, x.shape[1] ?? 0, units]);
  };
  test.each([
    [5, 7, 3, 8],
    [4, 66, 5, 12],
    [3, 2, 4, 5],
    [6, 9, 1, 1],
    [1, 5, 6, 4],
    [2, 1, 1, 3],
  ])('%i steps, batch %i, %i features, %i units', async (time, batch, features, units) => {
    await activateBackend('wasm', environment);
    expect(hasFusedLstm()).toBe(true);
    const shapes = [[time, batch, features], [features, 4 * units], [units, 4 * units], [4 * units]];
    await expectLikePlain(shapes, fusedLstm as KernelCase['run'], plain as KernelCase['run']);
  });
});

describe('batch normalisation', () => {
  test.each([
    [5, 1],
    [700, 3],
    [33, 8],
    [1025, 40],
  ])('%i rows of %i channels', async (rows, channels) => {
    await activateBackend('wasm', environment);
    expect(hasFusedBatchNorm()).toBe(true);
    const plain = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, [0]);
      return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3))), gamma), beta);
    };
    const ours = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => fusedBatchNorm(x, gamma, beta, 1e-3, () => {});
    const shapes = [[rows, channels], [channels], [channels]];
    await expectLikePlain(shapes, ours as KernelCase['run'], plain as KernelCase['run']);
  });
});

describe('cross-entropy of softmax', () => {
  test.each([
    [7, 10],
    [1, 1],
    [65, 3],
    [4, 1001],
  ])('%i samples of %i classes', async (rows, classes) => {
    const target = values([rows, classes], 'target').map((value) => value ** 2);
    const losses = (logits: tf.Tensor) => softmaxCrossEntropy(tf.mul(logits, 20), tf.tensor2d(target, [rows, classes]));
    // Without a kernel, `cpu` composes it.
    await expectLikePlain([[rows, classes]], losses as KernelCase['run'], losses as KernelCase['run']);
  });

  test('a logit that is no number makes a loss that is none', async () => {
    await activateBackend('wasm', environment);
    const losses = softmaxCrossEntropy(tf.tensor2d([[Number.NaN, 1, 2]]), tf.tensor2d([[0, 1, 0]]));
    expect(losses.dataSync()[0]).toBeNaN();
  });
});

test('a clone shares its data, and outlives what it was made of', async () => {
  await activateBackend('wasm', environment);
  const x = tf.tensor1d([1, 2, 3]);
  const copies = tf.engine().backend.numDataIds();
  const y = tf.clone(x);
  expect(tf.engine().backend.numDataIds()).toBe(copies);
  x.dispose();
  expect(Array.from(y.dataSync())).toEqual([1, 2, 3]);
  y.dispose();
});

test('a kernel that runs out of memory gives back what it had taken', async () => {
  await activateBackend('wasm', environment);
  const a = tf.zeros([40_000, 1]);
  const b = tf.zeros([1, 40_000]);
  const before = tf.engine().backend.numDataIds();
  expect(() => tf.matMul(a, b)).toThrow(/does not fit/);
  expect(tf.engine().backend.numDataIds()).toBe(before);
  tf.dispose([a, b]);
});
