import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';

import { activateBackend } from '../../core/engine/backends/registry.ts';
import { seededRandom } from '../../core/engine/build/random.ts';
import { type LossSettings, sampleLosses } from '../../core/engine/train/losses.ts';
import { createOptimizer } from '../../core/engine/train/optimizers/index.ts';
import type { LossName, OptimizerSettings } from '../../core/training/index.ts';

const STEPS = 500;
const SIZE = 24;
const LEARNING_RATE = 0.01;

const numbers = (name: string, count: number, low: number, high: number): number[] => {
  const random = seededRandom('parity', name);
  return Array.from({ length: count }, () => Math.fround(low + (high - low) * random()));
};

const problem = {
  start: numbers('start', SIZE, -1, 1),
  target: numbers('target', SIZE, -1, 1),
  curvature: numbers('curvature', SIZE, 0.2, 2),
  wobble: Array.from({ length: STEPS }, (_, step) => Math.fround(0.3 * Math.sin(step / 9))),
  steps: STEPS,
};

interface Case {
  readonly title: string;
  readonly settings: OptimizerSettings;
  readonly keras: { readonly name: string; readonly arguments: object };
  readonly torch: { readonly name: string; readonly arguments: object } | null;
}

const sgd = (momentum: number, nesterov: boolean, weightDecay: number): OptimizerSettings => ({
  name: 'sgd',
  momentum,
  nesterov,
  weightDecay,
});

const CASES: readonly Case[] = [
  {
    title: 'SGD',
    settings: sgd(0, false, 0),
    keras: { name: 'SGD', arguments: { learning_rate: LEARNING_RATE } },
    torch: { name: 'SGD', arguments: { lr: LEARNING_RATE } },
  },
  {
    title: 'SGD with momentum',
    settings: sgd(0.9, false, 0),
    keras: { name: 'SGD', arguments: { learning_rate: LEARNING_RATE, momentum: 0.9 } },
    torch: { name: 'SGD', arguments: { lr: LEARNING_RATE, momentum: 0.9 } },
  },
  {
    title: 'SGD with Nesterov momentum',
    settings: sgd(0.9, true, 0),
    keras: { name: 'SGD', arguments: { learning_rate: LEARNING_RATE, momentum: 0.9, nesterov: true } },
    torch: { name: 'SGD', arguments: { lr: LEARNING_RATE, momentum: 0.9, nesterov: true } },
  },
  {
    // PyTorch's SGD adds the decay to the gradient instead, so that momentum carries it along: a different method.
    title: 'SGD with momentum and decoupled weight decay',
    settings: sgd(0.9, false, 0.05),
    keras: { name: 'SGD', arguments: { learning_rate: LEARNING_RATE, momentum: 0.9, weight_decay: 0.05 } },
    torch: null,
  },
  {
    title: 'Adam',
    settings: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    keras: { name: 'Adam', arguments: { learning_rate: LEARNING_RATE, epsilon: 1e-7 } },
    torch: { name: 'Adam', arguments: { lr: LEARNING_RATE, eps: 1e-7 } },
  },
  {
    title: 'AdamW',
    settings: { name: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-7, weightDecay: 0.05 },
    keras: {
      name: 'AdamW',
      arguments: { learning_rate: LEARNING_RATE, beta_2: 0.99, epsilon: 1e-7, weight_decay: 0.05 },
    },
    torch: { name: 'AdamW', arguments: { lr: LEARNING_RATE, betas: [0.9, 0.99], eps: 1e-7, weight_decay: 0.05 } },
  },
];

interface LossCase {
  readonly title: string;
  readonly settings: LossSettings;
  readonly name: string;
  readonly arguments: object;
  readonly output: number[][];
  readonly target: number[][];
}

const rows = (name: string, low: number, high: number) =>
  Array.from({ length: 6 }, (_, row) => numbers(`${name}${row}`, 4, low, high));
const oneHot = Array.from({ length: 6 }, (_, row) => [0, 1, 2, 3].map((i) => (i === row % 4 ? 1 : 0)));
const bits = Array.from({ length: 6 }, (_, row) => [0, 1, 2, 3].map((i) => ((row >> (i % 3)) + i) % 2));

const lossCase = (
  title: string,
  loss: LossName,
  name: string,
  output: number[][],
  target: number[][],
  extra: { logits?: boolean; smoothing?: number } = {},
): LossCase => {
  const crossEntropy = loss.endsWith('entropy');
  const labelSmoothing = extra.smoothing ?? 0;
  return {
    title,
    settings: {
      loss,
      lossParams: { labelSmoothing },
      trainsOn: extra.logits ? 'logits' : crossEntropy ? 'probabilities' : 'values',
    },
    name,
    arguments: crossEntropy ? { from_logits: extra.logits ?? false, label_smoothing: labelSmoothing } : {},
    output,
    target,
  };
};

const CLASSES = ['categoricalCrossentropy', 'CategoricalCrossentropy'] as const;
const BINARY = ['binaryCrossentropy', 'BinaryCrossentropy'] as const;
const LOSS_CASES: readonly LossCase[] = [
  lossCase('cross-entropy from logits', ...CLASSES, rows('a', -5, 5), oneHot, { logits: true }),
  lossCase('cross-entropy from logits, smoothed', ...CLASSES, rows('a', -5, 5), oneHot, {
    logits: true,
    smoothing: 0.1,
  }),
  lossCase('cross-entropy from probabilities', ...CLASSES, rows('b', 0, 1), oneHot),
  lossCase('cross-entropy from probabilities, smoothed', ...CLASSES, rows('b', 0, 1), oneHot, { smoothing: 0.2 }),
  lossCase('cross-entropy from extreme logits', ...CLASSES, rows('c', -300, 300), oneHot, { logits: true }),
  lossCase('binary cross-entropy from logits', ...BINARY, rows('d', -8, 8), bits, { logits: true }),
  lossCase('binary cross-entropy from logits, smoothed', ...BINARY, rows('d', -8, 8), bits, {
    logits: true,
    smoothing: 0.1,
  }),
  lossCase('binary cross-entropy from probabilities', ...BINARY, rows('e', 0, 1), bits),
  lossCase('mean squared error', 'meanSquaredError', 'MeanSquaredError', rows('f', -3, 3), rows('g', -3, 3)),
  lossCase('mean absolute error', 'meanAbsoluteError', 'MeanAbsoluteError', rows('f', -3, 3), rows('g', -3, 3)),
  lossCase('Huber', 'huber', 'Huber', rows('f', -3, 3), rows('g', -3, 3)),
];

interface Reference {
  readonly optimizers: readonly { readonly keras: number[]; readonly torch: number[] | null }[];
  readonly losses: readonly number[];
}

let reference: Reference;

beforeAll(() => {
  const python = process.env.LAYERLOOM_PYTHON;
  if (!python) throw new Error('LAYERLOOM_PYTHON must name the Python that has Keras and PyTorch; `npm test` sets it.');
  const request = {
    ...problem,
    optimizers: CASES.map(({ keras, torch }) => ({ keras, torch })),
    losses: LOSS_CASES,
  };
  const answer = execFileSync(python, [join(import.meta.dirname, 'optimizers.py')], {
    input: JSON.stringify(request),
    maxBuffer: 1 << 26,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  reference = JSON.parse(answer.toString()) as Reference;
});

/** Our optimiser on the same problem. The gradient is computed in float32, as on the other side. */
function run(settings: OptimizerSettings): Float32Array {
  const layer = tfl.layers.dense({ units: SIZE, inputDim: 1, useBias: false });
  layer.build([null, 1]);
  const [variable] = layer.weights;
  if (!variable) throw new Error('a dense layer has a kernel');
  variable.write(tf.tensor2d(problem.start, [1, SIZE]));
  const optimizer = createOptimizer(settings, [{ key: 'w/kernel', variable, decays: true }]);
  for (let step = 0; step < STEPS; step++)
    tf.tidy(() => {
      const w = variable.read().dataSync();
      const gradient = Float32Array.from(w, (value, i) =>
        Math.fround(
          Math.fround((problem.curvature[i] ?? 0) * Math.fround(value - (problem.target[i] ?? 0))) +
            (problem.wobble[step] ?? 0),
        ),
      );
      optimizer.apply([tf.tensor2d(gradient, [1, SIZE])], LEARNING_RATE);
    });
  const result = Float32Array.from(variable.read().dataSync());
  optimizer.dispose();
  variable.dispose();
  return result;
}

function drift(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await activateBackend(backend, { home: '/nonexistent' });
  });

  test.each(CASES.map((item, i) => [item.title, item, i] as const))(
    '%s stays within 1e-5 of Keras and PyTorch over 500 steps',
    (_, { settings }, i) => {
      const ours = run(settings);
      const expected = reference.optimizers[i];
      expect(drift(ours, expected?.keras ?? [])).toBeLessThan(1e-5);
      if (expected?.torch) expect(drift(ours, expected.torch)).toBeLessThan(1e-5);
    },
  );

  test.each(LOSS_CASES.map((item, i) => [item.title, item, i] as const))('%s equals Keras', (_, item, i) => {
    const [loss] = tf.tidy(() =>
      tf.mean(sampleLosses(item.settings, tf.tensor2d(item.output), tf.tensor2d(item.target))).dataSync(),
    );
    const expected = reference.losses[i] ?? Number.NaN;
    expect(Math.abs((loss ?? Number.NaN) - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
  });
});
