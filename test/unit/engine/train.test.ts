import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { Trainer, type TrainerControl, type TrainerSnapshot } from '../../../core/engine/train/trainer.ts';
import { ProblemError } from '../../../core/errors.ts';
import type { MetricPoint } from '../../../core/runs/index.ts';
import { findTemplate, TEMPLATES } from '../../../core/templates/index.ts';
import { design, irisPerceptron } from './designs.ts';
import { tensorflowHome } from './tensorflowHome.ts';

beforeAll(async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
});

const runOn = (): TrainerControl => ({ wish: 'run', resumed: async () => undefined });

async function trainerFor(document: LoomDocument): Promise<Trainer> {
  return new Trainer(document, await loadDataset(document.data, null));
}

/** Trains to the end and returns every point, without the clock. */
async function curve(document: LoomDocument, from?: TrainerSnapshot): Promise<MetricPoint[]> {
  const trainer = await trainerFor(document);
  try {
    if (from) trainer.restore(from);
    const points: MetricPoint[] = [];
    await trainer.run(runOn(), { points: (more) => points.push(...more), save: async () => undefined });
    return points.map((point) => ({ ...point, time: 0 }));
  } finally {
    trainer.dispose();
  }
}

/** Trains and stops after this many steps. */
async function stopAfter(document: LoomDocument, steps: number): Promise<TrainerSnapshot> {
  const trainer = await trainerFor(document);
  const step = (trainer as unknown as { step(order: Int32Array): void }).step.bind(trainer);
  const control = runOn();
  let left = steps;
  // The loop looks at its wishes at least every 12 ms; slowed down so, it looks after every step.
  Object.assign(trainer, {
    step(order: Int32Array) {
      step(order);
      const until = performance.now() + 15;
      while (performance.now() < until);
      if (--left === 0) control.wish = 'stop';
    },
  });
  try {
    await trainer.run(control, { points: () => undefined, save: async () => undefined });
    return await trainer.snapshot();
  } finally {
    trainer.dispose();
  }
}

const skipped = (backend: string) => backend === 'tensorflow' && tensorflowHome === null;

describe.each(['wasm', 'tensorflow'] as const)('repeatability on %s', (backend) => {
  beforeAll(async () => {
    if (!skipped(backend)) await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
  });
  // The others run on wasm.
  afterAll(async () => {
    await activateBackend('wasm', { home: '/nonexistent' });
  });
  const runs = test.skipIf(skipped(backend));

  runs('same seed, same backend: the same curve, point for point', async () => {
    const document = irisPerceptron({ epochs: 6 });
    const first = await curve(document);
    expect(await curve(document)).toEqual(first);
    expect(first.filter((point) => point.kind === 'epoch').map((point) => point.epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    const other = await curve({ ...document, training: { ...document.training, seed: 7 } });
    expect(other.at(-1)?.values.loss).not.toBe(first.at(-1)?.values.loss);
  });

  runs('a stop in mid-epoch and a resume continue the same curve, dropout and batch norm included', async () => {
    const document = irisPerceptron({ epochs: 4 });
    const whole = await curve(document);
    const snapshot = await stopAfter(document, 10);
    expect(snapshot.state).toMatchObject({ step: 10, epoch: 1 });
    const rest = await curve(document, snapshot);
    expect(rest).toEqual(whole.filter((point) => point.step > 10));
  });

  runs('rates of a schedule and clipped gradients go on from a stop as if there had been none', async () => {
    const plateau = { name: 'plateau', factor: 0.5, patience: 1, minDelta: 0.5, cooldown: 0, least: 0 } as const;
    const cosine = { name: 'cosine', warmup: 0.5, start: 0.1, end: 0 } as const;
    for (const schedule of [plateau, cosine]) {
      const document = irisPerceptron({ epochs: 5, schedule, clipping: { name: 'globalNorm', norm: 0.3 } });
      const whole = await curve(document);
      const rates = whole.map(({ values }) => values.learningRate);
      expect(new Set(rates).size).toBeGreaterThan(1);
      // With the state as a checkpoint holds it.
      const snapshot = await stopAfter(document, 24);
      const kept = { ...snapshot, state: JSON.parse(JSON.stringify(snapshot.state)) as typeof snapshot.state };
      expect(await curve(document, kept)).toEqual(whole.filter((point) => point.step > 24));
    }
  });

  runs(
    'a clipped step moves no weight by more than rate times limit, and tells the norm of its gradients',
    async () => {
      const sgd = { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 } as const;
      const settings = { epochs: 1, learningRate: 0.5, optimizer: sgd };
      const limited = irisPerceptron({ ...settings, clipping: { name: 'value', limit: 1e-3 } });
      const [before, after] = [await stopAfter(limited, 1), await stopAfter(limited, 2)];
      const moved = [...after.weights].flatMap(([key, { data }]) =>
        [...data].map((value, i) => Math.abs(value - (before.weights.get(key)?.data[i] ?? Number.NaN))),
      );
      // Of numbers around 1, single precision keeps differences to 1e-7.
      expect(Math.max(...moved)).toBeCloseTo(0.5 * 1e-3, 6);
      const norms = (await curve(limited)).map(({ values }) => values.gradientNorm ?? 0);
      expect(Math.min(...norms)).toBeGreaterThan(1e-2);
      expect((await curve(irisPerceptron(settings)))[0]?.values).not.toHaveProperty('gradientNorm');
    },
  );

  runs('step points come at fixed steps and every measured value is a number', async () => {
    const points = await curve(irisPerceptron({ epochs: 3 }));
    const steps = points.filter((point) => point.kind === 'step').map((point) => point.step);
    expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
    expect(Object.keys(points.at(-1)?.values ?? {})).toEqual(['loss', 'accuracy', 'valLoss', 'valAccuracy']);
    for (const point of points)
      for (const value of Object.values(point.values)) expect(Number.isFinite(value)).toBe(true);
  });
});

test('20 train and stop cycles leave no tensor behind', async () => {
  const document = irisPerceptron({ epochs: 50 });
  await stopAfter(document, 3);
  const tensors = tf.memory().numTensors;
  const dataIds = tf.engine().backend.numDataIds();
  for (let i = 0; i < 20; i++) await stopAfter(document, 3);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(tf.engine().backend.numDataIds()).toBe(dataIds);
});

test('training adds no tensors from epoch to epoch', async () => {
  const trainer = await trainerFor(irisPerceptron({ epochs: 8 }));
  const counts: number[] = [];
  await trainer.run(runOn(), {
    points: () => undefined,
    save: async (when) => {
      await trainer.takeBest();
      if (when === 'epoch') counts.push(tf.memory().numTensors);
    },
  });
  trainer.dispose();
  expect(new Set(counts).size).toBe(1);
});

test('a loss that is not a number ends the training with a problem that says where', async () => {
  const document = design(
    [
      { type: 'Input', name: 'x', params: { shape: [4] } },
      { type: 'Dense', name: 'a', params: { units: 64 } },
      { type: 'Dense', name: 'b', params: { units: 64 } },
      { type: 'Dense', name: 'c', params: { units: 3 } },
      { type: 'Output', name: 'y', params: { fromLogits: true } },
    ],
    { kind: 'builtin', id: 'iris' },
    { optimizer: { name: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 }, learningRate: 100, epochs: 50 },
  );
  const failure = await curve(document).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProblemError);
  const { problem } = failure as ProblemError;
  expect(problem.code).toBe('loss-not-finite');
  expect(problem.message).toMatch(/step \d+ .*learning rate is 100; try 10\./);
});

describe('heads', () => {
  test('a single sigmoid output counts as a class', async () => {
    const points = await curve(
      design(
        [
          { type: 'Input', name: 'x', params: { shape: [2] } },
          { type: 'Dense', name: 'a', params: { units: 8, activation: 'tanh' } },
          { type: 'Dense', name: 'b', params: { units: 1, activation: 'sigmoid' } },
          { type: 'Output', name: 'y', params: { loss: 'binaryCrossentropy' } },
        ],
        { kind: 'builtin', id: 'xor' },
        { epochs: 3 },
      ),
    );
    expect(points.at(-1)?.values.accuracy).toBeTypeOf('number');
  });

  test('several outputs are trained together and measured by name', async () => {
    const document = design(
      [
        { type: 'Input', name: 'x', params: { shape: [4] } },
        { type: 'Dense', name: 'hidden', params: { units: 8, activation: 'relu' } },
        { type: 'Dense', name: 'one', params: { units: 3, activation: 'softmax' } },
        { type: 'Output', name: 'first' },
        { type: 'Dense', name: 'two', params: { units: 3 }, from: ['hidden'] },
        { type: 'Output', name: 'second', params: { fromLogits: true, lossWeight: 0.5 } },
      ],
      { kind: 'builtin', id: 'iris' },
      { epochs: 2 },
    );
    const values = (await curve(document)).at(-1)?.values ?? {};
    expect(Object.keys(values)).toContain('valSecondAccuracy');
    expect(values.loss).toBeCloseTo((values.firstLoss ?? 0) + 0.5 * (values.secondLoss ?? 0), 5);
  });

  test.each([['units', { units: 4, activation: 'softmax' }, 'output-width']])(
    'a wrong number of %s is refused with the numbers',
    async (_, params, code) => {
      const document = design(
        [
          { type: 'Input', name: 'x', params: { shape: [4] } },
          { type: 'Dense', name: 'a', params },
          { type: 'Output', name: 'y' },
        ],
        { kind: 'builtin', id: 'iris' },
      );
      const failure = await curve(document).catch((error: unknown) => error);
      expect((failure as ProblemError).problem).toMatchObject({ code, facts: { outputs: 4, classes: 3 } });
    },
  );
});

test('penalties count in the loss and constraints hold', async () => {
  const l2 = { l1: 0, l2: 0.1 };
  const plain = irisPerceptron({ epochs: 1 });
  const withPenalty = design(
    [
      { type: 'Input', name: 'measures', params: { shape: [4] } },
      {
        type: 'Dense',
        name: 'hidden',
        params: {
          units: 16,
          activation: 'relu',
          kernelRegularizer: l2,
          activityRegularizer: l2,
          kernelConstraint: { name: 'maxNorm', maxValue: 0.5 },
        },
      },
      { type: 'Dropout', name: 'drop', params: { rate: 0.2 } },
      { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax' } },
      { type: 'Output', name: 'species' },
    ],
    { kind: 'builtin', id: 'iris' },
    plain.training,
  );
  const trainer = await trainerFor(withPenalty);
  const points: MetricPoint[] = [];
  await trainer.run(runOn(), { points: (more) => points.push(...more), save: async () => undefined });
  const { weights } = await trainer.snapshot();
  trainer.dispose();
  const kernel = weights.get('hidden/kernel');
  expect(kernel?.shape).toEqual([4, 16]);
  for (let unit = 0; unit < 16; unit++) {
    const norm = Math.hypot(...[0, 1, 2, 3].map((row) => kernel?.data[row * 16 + unit] ?? 0));
    expect(norm).toBeLessThanOrEqual(0.5 + 1e-5);
  }
  expect(points[0]?.values.loss).toBeGreaterThan((await curve(plain))[0]?.values.loss ?? 0);
});

test('the digits residual network reaches 95 % on validation within a minute', { timeout: 120_000 }, async () => {
  const started = performance.now();
  const template = findTemplate('digits-resnet');
  if (!template) throw new Error('the template is there');
  const document = template.create();
  const points = await curve({ ...document, training: { ...document.training, backend: 'wasm' } });
  const epochs = points.filter((point) => point.kind === 'epoch');
  const best = Math.max(...epochs.map((point) => point.values.valAccuracy ?? 0));
  const seconds = (performance.now() - started) / 1000;
  console.log(`digits ResNet: ${best.toFixed(4)} best, ${Math.round((seconds * 1000) / epochs.length)} ms an epoch`);
  expect(best).toBeGreaterThanOrEqual(0.95);
  expect(seconds).toBeLessThan(60);
});

// The large ones take gigabytes and minutes; they have the layers of these.
test.each(TEMPLATES.filter((template) => template.create().data.source.kind !== 'none'))(
  'the template $id trains: its loss falls',
  { timeout: 120_000 },
  async ({ layers, create }) => {
    const document = create();
    const epochs = layers > 50 ? 2 : 3;
    const points = await curve({ ...document, training: { ...document.training, epochs, backend: 'wasm' } });
    const losses = points.filter((point) => point.kind === 'epoch').map((point) => point.values.loss ?? 0);
    expect(losses).toHaveLength(epochs);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  },
);
