import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import type { LoomDocument, TrainingSettings } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { compileSteps } from '../../../core/engine/backends/tensorflow/graph/compileSteps.ts';
import { fusedParts, stateFusedParts } from '../../../core/engine/train/step/fusedParts.ts';
import { perStep } from '../../../core/engine/train/step/perStep.ts';
import type { StateCell } from '../../../core/engine/train/step/stepProgram.ts';
import { Trainer, type TrainerSnapshot } from '../../../core/engine/train/trainer.ts';
import { defaultSettings } from '../../../core/params/index.ts';
import { type ClippingSettings, OPTIMIZERS, type OptimizerSettings } from '../../../core/training/index.ts';
import { buildLayer, gradientTensors, sampleOf, setWeights } from '../../conformance/builtLayer.ts';
import { LAYER_CASES } from '../../conformance/cases/index.ts';
import type { LayerCase } from '../../conformance/layerCase.ts';
import { design } from './designs.ts';
import { tensorflowHome } from './tensorflowHome.ts';

const cases = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output').map(
  (layerCase) => [`${layerCase.type}: ${layerCase.name}`, layerCase] as const,
);

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? 0)) / scale).toBeLessThan(1e-5);
};

/** All gradients of a layer in training, as one tensor. */
function gradientStep(layerCase: LayerCase) {
  const built = buildLayer(layerCase);
  const sample = sampleOf(layerCase, built);
  setWeights(built, sample);
  const step = () =>
    tf.tidy(() => {
      const { inputs, weights } = gradientTensors(layerCase, built, sample, true);
      const all = [...inputs, ...weights].filter((gradient) => gradient !== null);
      return all.length > 0 ? tf.concat(all.map((gradient) => tf.reshape(gradient, [-1]))) : tf.zeros([1]);
    });
  const cells = built.weights.map(
    ({ variable }): StateCell => ({ read: () => variable, write: (value) => variable.assign(value) }),
  );
  return { step, cells };
}

describe.skipIf(tensorflowHome === null)('a step as one TensorFlow graph', () => {
  beforeAll(async () => {
    await activateBackend('tensorflow', { home: tensorflowHome ?? '' });
  });

  test.each(cases)('%s: the same gradients and moving averages as operation by operation', (_, layerCase) => {
    tf.engine().startScope();
    try {
      const { step, cells } = gradientStep(layerCase);
      const program = compileSteps(cells, [step]);
      if (!program) throw new Error('The step did not become a graph');
      const before = cells.map((cell) => cell.read().dataSync());
      const graph = [program.run(0).dataSync(), program.run(0).dataSync()];
      // Until the program gives its state back, the cells stay as they were.
      cells.forEach((cell, i) => {
        expect(cell.read().dataSync()).toEqual(before[i]);
      });
      program.sync();
      const state = cells.map((cell) => cell.read().dataSync());
      program.dispose();
      cells.forEach((cell, i) => {
        cell.write(tf.tensor(before[i] ?? [], cell.read().shape));
      });
      const eager = [step().dataSync(), step().dataSync()];
      graph.forEach((values, i) => {
        close(values, eager[i] ?? []);
      });
      cells.forEach((cell, i) => {
        close(state[i] ?? [], cell.read().dataSync());
      });
    } finally {
      tf.engine().endScope();
    }
  });

  test('numbers that enter by perStep are drawn anew, all others stay', () => {
    let now = 1;
    const cell = tf.variable(tf.tensor1d([10]));
    const cells = [{ read: () => cell, write: (value: tf.Tensor) => cell.assign(value as tf.Tensor1D) }];
    const program = compileSteps(cells, [
      () =>
        tf.tidy(() => {
          const fed = perStep([2], 'float32', () => Float32Array.of(now, 2 * now));
          const fixed = tf.tensor1d([now, now]);
          cell.assign(tf.add(cell, 1));
          return tf.add(tf.mul(fed, 100), fixed);
        }),
    ]);
    if (!program) throw new Error('The step did not become a graph');
    now = 7;
    expect([...program.run(0).dataSync()]).toEqual([701, 1401]);
    now = 8;
    expect([...program.run(0).dataSync()]).toEqual([801, 1601]);
    expect(cell.dataSync()[0]).toBe(10);
    program.sync();
    expect(cell.dataSync()[0]).toBe(12);
    program.dispose();
  });

  test('steps that are tried first begin from the same state', () => {
    const cell = tf.variable(tf.tensor1d([1]));
    const cells = [{ read: () => cell, write: (value: tf.Tensor) => cell.assign(value as tf.Tensor1D) }];
    const step = (by: number) => () => {
      cell.assign(tf.tidy(() => tf.mul(cell, by)));
      return tf.clone(cell);
    };
    const program = compileSteps(cells, [step(2), step(10)], true);
    expect(cell.dataSync()[0]).toBe(1);
    expect([0, 1, 1].map((which) => program?.run(which).dataSync()[0])).toEqual([2, 20, 200]);
    program?.dispose();
  });

  test('a step that reads a value back stays operation by operation', () => {
    const cell = tf.variable(tf.tensor1d([3]));
    const cells = [{ read: () => cell, write: (value: tf.Tensor) => cell.assign(value as tf.Tensor1D) }];
    const step = () => {
      cell.assign(tf.tensor1d([tf.mul(cell, 2).dataSync()[0] ?? 0]));
      return tf.clone(cell);
    };
    expect(compileSteps(cells, [step])).toBeNull();
    expect(cell.dataSync()[0]).toBe(3);
  });

  /** What a step may hold: moving averages, dropout, a weight constraint, a penalty, decay, and a last batch of another size. */
  const everything = (optimizer: LoomDocument['training']['optimizer'], more: Partial<TrainingSettings> = {}) =>
    design(
      [
        { type: 'Input', name: 'pixels', params: { shape: [8, 8, 1] } },
        {
          type: 'Conv2D',
          name: 'conv',
          params: {
            filters: 4,
            kernelSize: [3, 3],
            useBias: false,
            kernelConstraint: { name: 'maxNorm', maxValue: 1 },
          },
        },
        { type: 'BatchNorm', name: 'norm' },
        { type: 'ReLU', name: 'relu' },
        { type: 'Flatten', name: 'flat' },
        { type: 'Dropout', name: 'drop', params: { rate: 0.3 } },
        { type: 'Dense', name: 'answer', params: { units: 10, activation: 'softmax' } },
        { type: 'Output', name: 'digit' },
      ],
      { kind: 'builtin', id: 'digits' },
      { epochs: 2, batchSize: 100, learningRate: 0.01, backend: 'tensorflow', optimizer, ...more },
    );

  async function train(document: LoomDocument, asGraph: boolean): Promise<TrainerSnapshot & { losses: number[] }> {
    let programs = 0;
    stateFusedParts('tensorflow', {
      ...fusedParts(),
      steps: (cells, steps) => {
        programs++;
        return asGraph ? compileSteps(cells, steps) : null;
      },
    });
    const trainer = new Trainer(document, await loadDataset(document.data, null));
    try {
      const losses: number[] = [];
      await trainer.run(
        { wish: 'run', resumed: async () => undefined },
        {
          points: (points) => losses.push(...points.map(({ values }) => values.loss ?? Number.NaN)),
          save: async () => undefined,
        },
      );
      expect(programs).toBe(1);
      return { ...(await trainer.snapshot()), losses };
    } finally {
      trainer.dispose();
    }
  }

  const optimizers: readonly OptimizerSettings[] = [
    ...Object.values(OPTIMIZERS).map((optimizer) => defaultSettings<typeof optimizer>(optimizer)),
    { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.01 },
    { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 },
  ];

  const same = async (document: LoomDocument) => {
    const graph = await train(document, true);
    const eager = await train(document, false);
    close(graph.losses, eager.losses);
    expect(graph.optimizerStep).toBe(eager.optimizerStep);
    for (const kind of ['weights', 'slots'] as const) {
      expect([...graph[kind].keys()]).toEqual([...eager[kind].keys()]);
      for (const [key, { data }] of graph[kind]) close(data, eager[kind].get(key)?.data ?? []);
    }
    return graph;
  };

  test.each(optimizers)('training with $name gives the same curve, weights and slots', async (optimizer) => {
    await same(everything(optimizer));
  });

  const clippings: readonly ClippingSettings[] = [
    { name: 'globalNorm', norm: 0.2 },
    { name: 'weightNorm', norm: 0.05 },
    { name: 'value', limit: 0.002 },
  ];

  test.each(clippings)(
    'gradients clipped by $name and a rate that changes with each step give the same',
    async (clipping) => {
      const sgd = { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 } as const;
      const schedule = { name: 'exponential', every: 1, factor: 0.5 } as const;
      const clipped = await same(everything(sgd, { clipping, schedule }));
      const free = await train(everything(sgd, { schedule }), true);
      expect(clipped.losses.at(-1)).not.toBe(free.losses.at(-1));
    },
  );
});
