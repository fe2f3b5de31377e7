import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { seededRandom } from '../../../core/engine/model/random.ts';
import { createOptimizer, createOptimizerOf, type Trainable } from '../../../core/engine/train/optimizers/index.ts';
import { defineOptimizer, OPTIMIZERS, type OptimizerSettings } from '../../../core/training/index.ts';
import { tensorflowHome } from './tensorflowHome.ts';

const STEPS = 500;
const SIZE = 37;
const RATE = 0.01;

const random = seededRandom('optimisers');
const start = Float32Array.from({ length: SIZE }, () => random() * 2 - 1);
const target = Float32Array.from({ length: SIZE }, () => random() * 2 - 1);

/** Gradient of a wobbling parabola: the same for all, and a function of the weight, so that errors would add up. */
const slope = (w: number, i: number, step: number) =>
  (w - (target[i] as number)) * (0.2 + (i % 7) / 4) + Math.sin(step);

/** The formulas of core/engine/train/optimizers in double precision. */
function plainly(settings: Exclude<OptimizerSettings, { name: 'rmsprop' }>, steps: number): number[] {
  return Array.from(start, (from, i) => {
    let [w, m, v] = [from, 0, 0];
    for (let t = 1; t <= steps; t++) {
      const g = slope(w, i, t);
      if (settings.name !== 'adam') w -= RATE * settings.weightDecay * w;
      if (settings.name === 'sgd') {
        m = settings.momentum * m - RATE * g;
        w += settings.nesterov ? settings.momentum * m - RATE * g : m;
        continue;
      }
      m += (g - m) * (1 - settings.beta1);
      v += (g * g - v) * (1 - settings.beta2);
      w -=
        (((RATE * Math.sqrt(1 - settings.beta2 ** t)) / (1 - settings.beta1 ** t)) * m) /
        (Math.sqrt(v) + settings.epsilon);
    }
    return w;
  });
}

function trainable(values: Float32Array, constraint?: ReturnType<typeof tfl.constraints.nonNeg>): Trainable {
  const layer = tfl.layers.embedding({
    inputDim: 1,
    outputDim: values.length,
    ...(constraint && { embeddingsConstraint: constraint }),
  });
  layer.build([null, 1]);
  const [variable] = layer.weights;
  if (!variable) throw new Error('An embedding has one weight');
  tf.tidy(() => void (variable.read() as tf.Variable).assign(tf.tensor2d(values, [1, values.length])));
  return { key: 'layer/weight', variable, decays: true };
}

function train(item: Trainable, optimizer: ReturnType<typeof createOptimizer>, steps: number): void {
  for (let i = 0; i < steps; i++) {
    const now = item.variable.read().dataSync();
    tf.tidy(() => {
      const gradient = Float32Array.from(now, (w, j) => slope(w, j, optimizer.step + 1));
      optimizer.apply([tf.tensor2d(gradient, [1, SIZE])], RATE);
    });
  }
}

const CASES: readonly (readonly [string, Exclude<OptimizerSettings, { name: 'rmsprop' }>])[] = [
  ['SGD', { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 }],
  ['SGD with momentum', { name: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 }],
  ['SGD with Nesterov momentum and decay', { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.02 }],
  ['Adam', { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }],
  ['AdamW', { name: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-7, weightDecay: 0.05 }],
];

describe.each(['cpu', 'wasm', 'tensorflow'] as const)('optimisers on %s', (backend) => {
  const here = test.skipIf(backend === 'tensorflow' && tensorflowHome === null);
  const begin = () => activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });

  here.each(CASES)(`%s is the plain formula after ${STEPS} steps`, async (_, settings) => {
    await begin();
    const item = trainable(start);
    const optimizer = createOptimizer(settings, [item]);
    train(item, optimizer, STEPS);
    const actual = item.variable.read().dataSync();
    const expected = plainly(settings, STEPS);
    const worst = expected.reduce((max, value, i) => Math.max(max, Math.abs(value - (actual[i] as number))), 0);
    expect(worst).toBeLessThan(1e-5);
    optimizer.dispose();
    item.variable.dispose();
  });

  here('one that the backend has never heard of takes its formula, whatever its parameters are called', async () => {
    await begin();
    // Adam's parameters and slots, and the update of Lion (Chen et al. 2023).
    const madeUp = defineOptimizer({
      ...OPTIMIZERS.adam,
      name: 'madeUp',
      update(ops, { beta1, beta2 }, { weight, gradient, rate, slot }) {
        const [first, second] = [slot('momentum'), slot('velocity')];
        const mixed = ops.add(ops.mul(first, beta1), ops.mul(gradient, 1 - beta1));
        const momentum = ops.add(ops.mul(first, beta2), ops.mul(gradient, 1 - beta2));
        return {
          weight: ops.sub(weight, ops.mul(ops.sign(mixed), rate)),
          slots: { momentum, velocity: ops.add(second, 1) },
        };
      },
    });
    const item = trainable(start);
    const settings = { name: 'madeUp', beta1: 0.9, beta2: 0.99, epsilon: 1e-7 };
    const optimizer = createOptimizerOf(madeUp, settings, [item]);
    train(item, optimizer, 100);
    const expected = Array.from(start, (from, i) => {
      let [w, m] = [from, 0];
      for (let t = 1; t <= 100; t++) {
        const g = slope(w, i, t);
        w -= RATE * Math.sign(0.9 * m + 0.1 * g);
        m = 0.99 * m + 0.01 * g;
      }
      return w;
    });
    const actual = item.variable.read().dataSync();
    expected.forEach((value, i) => {
      expect(actual[i]).toBeCloseTo(value, 4);
    });
    expect(optimizer.slots().get('layer/weight/velocity')?.dataSync()[0]).toBe(100);
    optimizer.dispose();
    item.variable.dispose();
  });

  here('going on from stored slots changes nothing, and a clone keeps the old weights', async () => {
    await begin();
    const settings = CASES[4]?.[1] as OptimizerSettings;
    const whole = trainable(start);
    const optimizer = createOptimizer(settings, [whole]);
    train(whole, optimizer, 20);
    const kept = tf.clone(whole.variable.read());
    const half = kept.dataSync().slice();
    const slots = new Map(
      [...optimizer.slots()].map(([key, t]) => [key, { shape: t.shape, data: t.dataSync().slice() as Float32Array }]),
    );
    train(whole, optimizer, 20);
    expect(kept.dataSync()).toEqual(half);

    const rest = trainable(half as Float32Array);
    const second = createOptimizer(settings, [rest]);
    second.restore(20, slots);
    train(rest, second, 20);
    expect(rest.variable.read().dataSync()).toEqual(whole.variable.read().dataSync());
  });

  here('constraints hold after every step', async () => {
    await begin();
    const item = trainable(start, tfl.constraints.nonNeg());
    const optimizer = createOptimizer(CASES[3]?.[1] as OptimizerSettings, [item]);
    train(item, optimizer, 10);
    const values = item.variable.read().dataSync();
    expect(Math.min(...values)).toBe(0);
    expect(Math.max(...values)).toBeGreaterThan(0);
  });
});
