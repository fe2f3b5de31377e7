import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { batchLosses } from '../../../core/engine/train/step/batchLosses.ts';
import { design, type TestNode } from './designs.ts';

beforeAll(async () => {
  await activateBackend('cpu', { home: '/nonexistent' });
});

const X = [5.1, 3.5, 1.4, 0.2, 6.7, 3, 5.2, 2.3, 4.9, 2.4, 3.3, 1];
const TARGETS = { softmax: [1, 0, 0, 0, 0, 1, 0, 1, 0], sigmoid: [1, 0, 1, 1, 1, 0, 0, 0, 1] };
const penalty = { l1: 0.1, l2: 0.3 };

/** Total loss, sum of the heads' losses, and predictions for three samples. */
function run(layers: readonly TestNode[], kind: keyof typeof TARGETS, training: boolean) {
  const document = design([{ type: 'Input', name: 'x', params: { shape: [4] } }, ...layers], {
    kind: 'builtin',
    id: 'iris',
  });
  const model = buildModel(document, { seed: 3, mode: 'train' });
  try {
    return tf.tidy(() => {
      const x = tf.tensor2d(X, [3, 4]);
      const targets = model.heads.map(() => tf.tensor2d(TARGETS[kind], [3, 3]));
      const losses = batchLosses(model, { inputs: [x], targets }, training);
      const { grads } = tf.variableGrads(() => batchLosses(model, { inputs: [x], targets }, training).total);
      return {
        total: losses.total.dataSync()[0] ?? 0,
        heads: losses.heads.reduce((sum, head) => sum + (head.dataSync()[0] ?? 0), 0),
        outputs: [model.model.predict(x) as tf.Tensor | tf.Tensor[]].flat().map((y) => [...y.dataSync()]),
        gradients: Object.values(grads).map((gradient) => [...gradient.dataSync()]),
        trainsOn: model.heads.map((head) => head.trainsOn),
      };
    });
  } finally {
    model.dispose();
  }
}

/** (l1 Σ|y| + l2 Σy²) / samples */
const penaltyOf = (values: readonly number[]) =>
  values.reduce((sum, y) => sum + penalty.l1 * Math.abs(y) + penalty.l2 * y * y, 0) / 3;

describe.each([true, false])('with training %s', (training) => {
  test.each([
    ['softmax', 'categoricalCrossentropy'],
    ['sigmoid', 'binaryCrossentropy'],
  ] as const)('a %s that the loss goes around is penalised all the same', (activation, loss) => {
    const layers = (activityRegularizer: typeof penalty | null): TestNode[] => [
      { type: 'Dense', name: 'answer', params: { units: 3, activation, activityRegularizer } },
      { type: 'Output', name: 'y', params: { loss } },
    ];
    const [with_, without] = [run(layers(penalty), activation, training), run(layers(null), activation, training)];
    expect(with_.trainsOn).toEqual(['logits']);
    expect(with_.heads).toBeCloseTo(without.heads, 6);
    expect(with_.total - with_.heads).toBeCloseTo(penaltyOf(with_.outputs[0] ?? []), 5);
    expect(without.total).toBeCloseTo(without.heads, 6);
    expect(with_.gradients).not.toEqual(without.gradients);
  });

  test('two heads on one penalised softmax count its penalty once', () => {
    const layers: TestNode[] = [
      { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax', activityRegularizer: penalty } },
      { type: 'Output', name: 'first', from: ['answer'] },
      { type: 'Output', name: 'second', from: ['answer'] },
    ];
    const { total, heads, outputs } = run(layers, 'softmax', training);
    expect(total - heads).toBeCloseTo(penaltyOf(outputs[0] ?? []), 5);
  });

  test('a hidden layer is penalised in training and outside it', () => {
    const layers: TestNode[] = [
      { type: 'Dense', name: 'answer', params: { units: 3, activityRegularizer: penalty } },
      { type: 'Output', name: 'y', params: { loss: 'meanSquaredError' } },
    ];
    const { total, heads, outputs } = run(layers, 'sigmoid', training);
    expect(total - heads).toBeCloseTo(penaltyOf(outputs[0] ?? []), 4);
  });
});

test('an L1 penalty leaves weights that are zero where they are', () => {
  const layers: TestNode[] = [
    {
      type: 'Dense',
      name: 'idle',
      params: { units: 3, biasRegularizer: { l1: 0.5, l2: 0 }, kernelInitializer: { name: 'zeros' } },
    },
    { type: 'Multiply', name: 'nothing', from: ['idle', 'idle'] },
    { type: 'Output', name: 'y', params: { loss: 'meanSquaredError' } },
  ];
  // The output is the square of zeros, so nothing but the penalty could move a weight; |b| has the slope 0 at 0.
  for (const gradient of run(layers, 'sigmoid', true).gradients)
    for (const slope of gradient) expect(Math.abs(slope)).toBe(0);
});
