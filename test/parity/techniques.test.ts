import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { createOptimizer } from '../../core/engine/train/optimizers/index.ts';
import { clippingParts } from '../../core/engine/train/step/clipping.ts';
import { transformed } from '../../core/engine/train/step/gradientChain.ts';
import { sampleLosses } from '../../core/engine/train/step/losses.ts';
import {
  CLIPPINGS,
  clippingOf,
  type KerasObject,
  LOSSES,
  lossOf,
  METRICS,
  metricOf,
  OPTIMIZERS,
  optimizerOf,
  SCHEDULES,
  type ScheduleTime,
  scheduleOf,
} from '../../core/training/index.ts';
import { tensorflowHome } from '../unit/engine/tensorflowHome.ts';
import { CLIPPING_CASES, GRADIENTS } from './techniques/clippingCases.ts';
import { LOSS_CASES } from './techniques/lossCases.ts';
import { METRIC_CASES, type MetricCase } from './techniques/metricCases.ts';
import { numbers } from './techniques/numbers.ts';
import { LEARNING_RATE, OPTIMIZER_CASES, type OptimizerCase } from './techniques/optimizerCases.ts';
import {
  EPOCH_LOSSES,
  EPOCHS,
  SCHEDULE_CASES,
  SCHEDULE_RATE,
  type ScheduleCase,
  STEPS_PER_EPOCH,
} from './techniques/scheduleCases.ts';

const STEPS = 500;
const SIZE = 24;

const problem = {
  start: numbers('start', SIZE, -1, 1),
  target: numbers('target', SIZE, -1, 1),
  curvature: numbers('curvature', SIZE, 0.2, 2),
  wobble: Array.from({ length: STEPS }, (_, step) => Math.fround(0.3 * Math.sin(step / 9))),
  steps: STEPS,
};

/** A class of Keras as the reference makes it; `defaults` are held against its own. */
const kerasClass = ({ className, args, defaults, integers = [] }: KerasObject, more = {}) => ({
  name: className,
  arguments: { ...args, ...more },
  defaults,
  integers,
});

/** Two batches of uneven size. */
const batches = ({ output, target }: MetricCase) => [
  { output: output.slice(0, 4), target: target.slice(0, 4) },
  { output: output.slice(4), target: target.slice(4) },
];

/** A schedule as the reference makes it, with what counts steps in place of epochs. */
function kerasSchedule({ settings }: ScheduleCase) {
  const keras = scheduleOf(settings).keras(settings, SCHEDULE_RATE);
  if (keras === null) throw new Error('a case changes the rate');
  const steps = Object.entries(keras.epochs).map(([argument, count]) => [
    argument,
    Math.floor((typeof count === 'number' ? count : EPOCHS - count.leftAfter) * STEPS_PER_EPOCH),
  ]);
  return { ...kerasClass(keras, Object.fromEntries(steps)), kind: keras.kind };
}

const request = {
  ...problem,
  rate: SCHEDULE_RATE,
  gradients: GRADIENTS,
  clippings: CLIPPING_CASES.map(({ settings, torch }) => ({ keras: clippingOf(settings).keras(settings), torch })),
  schedules: SCHEDULE_CASES.map((item) => ({
    keras: kerasSchedule(item),
    torch: item.torch,
    steps: STEPS_PER_EPOCH,
    epochs: EPOCHS,
    losses: EPOCH_LOSSES,
  })),
  optimizers: OPTIMIZER_CASES.map(({ settings, torch, rate = LEARNING_RATE }) => {
    const definition = optimizerOf(settings);
    const decay = definition.decay?.(settings) ?? 0;
    return {
      keras: kerasClass(definition.keras(settings), {
        learning_rate: rate,
        weight_decay: decay > 0 ? decay : null,
      }),
      torch: torch && { ...torch, arguments: { ...torch.arguments, lr: rate } },
    };
  }),
  losses: LOSS_CASES.map(({ loss, params, output, target, torch }) => ({
    keras: kerasClass(lossOf(loss).keras(params)),
    torch,
    output,
    target,
  })),
  metrics: METRIC_CASES.map((item) => ({
    keras: kerasClass(
      metricOf(item.settings).keras(item.settings, {
        kind: item.kind,
        sparse: false,
        threshold: item.trainsOn === 'logits' ? 0 : 0.5,
      }),
    ),
    batches: batches(item),
  })),
};

interface LossReference {
  readonly loss: number;
  readonly gradient: number[][];
}

interface Reference {
  readonly optimizers: readonly {
    readonly keras: number[];
    readonly torch: number[] | null;
    readonly assumed: object;
  }[];
  readonly losses: readonly { keras: LossReference; torch: LossReference | null; assumed: object }[];
  readonly metrics: readonly { readonly keras: number; readonly assumed: object }[];
  readonly clippings: readonly { readonly keras: number[][]; readonly torch: number[][] | null }[];
  readonly schedules: readonly {
    readonly keras: number[];
    readonly torch: number[] | null;
    readonly assumed: object;
  }[];
}

let reference: Reference;

beforeAll(() => {
  const python = process.env.LAYERLOOM_PYTHON;
  if (!python) throw new Error('LAYERLOOM_PYTHON must name the Python that has Keras and PyTorch; `npm test` sets it.');
  const answer = execFileSync(python, [join(import.meta.dirname, 'techniques.py')], {
    input: JSON.stringify(request),
    maxBuffer: 1 << 26,
    stdio: 'pipe',
  });
  reference = JSON.parse(answer.toString()) as Reference;
});

/** Our optimiser on the same problem. The gradient is computed in float32, as on the other side. */
function run({ settings, rate = LEARNING_RATE }: OptimizerCase): Float32Array {
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
      optimizer.apply([tf.tensor2d(gradient, [1, SIZE])], rate);
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

/** The rate of every step of a run whose epochs end with these losses. */
function rates({ settings }: ScheduleCase): number[] {
  const schedule = scheduleOf(settings);
  let state = schedule.reacts?.begin ?? {};
  return EPOCH_LOSSES.flatMap((loss, epoch) => {
    const all = Array.from({ length: STEPS_PER_EPOCH }, (_, i) => {
      const time: ScheduleTime = {
        step: epoch * STEPS_PER_EPOCH + i,
        stepsPerEpoch: STEPS_PER_EPOCH,
        steps: EPOCHS * STEPS_PER_EPOCH,
      };
      return schedule.rate(settings, SCHEDULE_RATE, time, state);
    });
    state = schedule.reacts?.epochEnded(settings, state, loss, SCHEDULE_RATE) ?? state;
    return all;
  });
}

test.each(SCHEDULE_CASES.map((item, i) => [item.title, item, i] as const))(
  '%s gives every step the rate of Keras and PyTorch',
  (_, item, i) => {
    const ours = rates(item);
    const expected = reference.schedules[i];
    // Both compute in single precision or are told the rate in it.
    expect(drift(ours, expected?.keras ?? [])).toBeLessThan(1e-6 * SCHEDULE_RATE);
    if (expected?.torch) expect(drift(ours, expected.torch)).toBeLessThan(1e-6 * SCHEDULE_RATE);
    expect(new Set(ours).size).toBeGreaterThan(1);
  },
);

test('every optimiser, loss, metric, schedule and way of clipping has a case', () => {
  expect(new Set(['constant', ...SCHEDULE_CASES.map(({ settings }) => settings.name)])).toEqual(
    new Set(Object.keys(SCHEDULES)),
  );
  expect(new Set(CLIPPING_CASES.map(({ settings }) => settings.name))).toEqual(new Set(Object.keys(CLIPPINGS)));
  expect(new Set(OPTIMIZER_CASES.map(({ settings }) => settings.name))).toEqual(new Set(Object.keys(OPTIMIZERS)));
  expect(new Set(LOSS_CASES.map(({ loss }) => loss))).toEqual(new Set(Object.keys(LOSSES)));
  const measured = new Set<string>(METRIC_CASES.map(({ settings }) => settings.name));
  expect(Object.keys(METRICS).filter((name) => !measured.has(name))).toEqual([]);
});

test('arguments are left out of programs only where Keras assumes the very same', () => {
  for (const kind of ['optimizers', 'losses', 'metrics', 'schedules'] as const)
    request[kind].forEach(({ keras }, i) => {
      expect(reference[kind][i]?.assumed, keras.name).toEqual(keras.defaults);
    });
});

describe.each(['cpu', 'wasm', 'tensorflow'] as const)('on %s', (backend) => {
  const here = test.skipIf(backend === 'tensorflow' && tensorflowHome === null);
  beforeAll(async () => {
    if (backend !== 'tensorflow' || tensorflowHome !== null)
      await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
  });

  here.each(OPTIMIZER_CASES.map((item, i) => [item.title, item, i] as const))(
    '%s stays within 1e-5 of Keras and PyTorch over 500 steps',
    (_, item, i) => {
      const ours = run(item);
      const expected = reference.optimizers[i];
      expect(drift(ours, expected?.keras ?? [])).toBeLessThan(1e-5);
      if (expected?.torch) expect(drift(ours, expected.torch)).toBeLessThan(1e-5);
    },
  );

  here.each(CLIPPING_CASES.map((item, i) => [item.title, item, i] as const))(
    '%s: gradients as Keras and PyTorch clip them',
    (_, { settings }, i) => {
      const { transforms } = clippingParts(settings);
      const clipped: (number[] | null)[] = [];
      tf.tidy(() => {
        // A weight that the loss does not depend on stands between the others.
        const [first = null, ...rest] = GRADIENTS.map((gradient) => tf.tensor1d([...gradient]));
        const after = transformed(transforms, [first, null, ...rest]);
        clipped.push(...after.map((gradient) => gradient && [...gradient.dataSync()]));
      });
      expect(clipped[1]).toBeNull();
      const ours = clipped.filter((gradient) => gradient !== null);
      for (const expected of [reference.clippings[i]?.keras, reference.clippings[i]?.torch]) {
        if (!expected) continue;
        ours.forEach((gradient, weight) => {
          expect(drift(gradient, expected[weight] ?? [])).toBeLessThan(1e-5);
        });
      }
    },
  );

  here.each(LOSS_CASES.map((item, i) => [item.title, item, i] as const))(
    '%s and its gradient equal those of Keras and PyTorch',
    (_, { loss, params, trainsOn, output, target }, i) => {
      const [value, gradient] = tf.tidy(() => {
        const settings = { loss: lossOf(loss), lossParams: params, trainsOn };
        const { value: mean, grad } = tf.valueAndGrad((x: tf.Tensor) =>
          tf.mean(sampleLosses(settings, x, tf.tensor2d(target))),
        )(tf.tensor2d(output));
        return [mean.dataSync()[0] ?? Number.NaN, grad.dataSync()];
      });
      for (const expected of [reference.losses[i]?.keras, reference.losses[i]?.torch]) {
        if (!expected) continue;
        expect(Math.abs(value - expected.loss)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected.loss)));
        expect(drift(gradient, expected.gradient.flat())).toBeLessThan(1e-5);
      }
    },
  );

  here.each(METRIC_CASES.map((item, i) => [item.title, item, i] as const))('%s equals Keras', (_, item, i) => {
    const all = batches(item).flatMap(({ output, target }) => [
      ...tf.tidy(() =>
        metricOf(item.settings)
          .samples(tf, item.settings, {
            output: tf.tensor2d(output),
            target: tf.tensor2d(target),
            kind: item.kind,
            outputs: item.trainsOn,
            deviation: null,
          })
          .dataSync(),
      ),
    ]);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    expect(mean).toBeCloseTo(reference.metrics[i]?.keras ?? Number.NaN, 5);
  });
});
