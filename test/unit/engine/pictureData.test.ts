import { mkdir, mkdtemp, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedDataset, loadDataset, type StreamedField } from '../../../core/data/node.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { Prefetch } from '../../../core/engine/train/prefetch.ts';
import { TrainingSession } from '../../../core/engine/train/session.ts';
import { Trainer, type TrainerControl, type TrainerSnapshot } from '../../../core/engine/train/trainer.ts';
import { toProblem } from '../../../core/errors.ts';
import type { MetricPoint } from '../../../core/runs/index.ts';
import { runStore } from '../../../core/runs/node.ts';
import { design, type TestNode } from './designs.ts';
import { tensorflowHome } from './tensorflowHome.ts';

const SIDE = 8;
/** Bytes: nothing is held as a whole, a third of the pictures once they have been read. */
const STREAMED = { whole: 0, kept: 30 * SIDE * SIDE * 3 };
let dir: string;
let document: LoomDocument;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-stream-'));
  for (const [label, name] of ['cat', 'dog', 'owl'].entries()) {
    await mkdir(join(dir, name));
    for (let i = 0; i < 30; i++) {
      const bytes = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, p) => ((p + i) * (label * 31 + 7)) % 256);
      await sharp(bytes, { raw: { height: SIDE, width: SIDE, channels: 3 } }).toFile(join(dir, name, `${i}.png`));
    }
  }
  const nodes: readonly TestNode[] = [
    { type: 'Input', name: 'picture', params: { shape: [SIDE, SIDE, 3] } },
    { type: 'Flatten', name: 'flat' },
    { type: 'Dense', name: 'hidden', params: { units: 12, activation: 'relu' } },
    { type: 'Dropout', name: 'drop', params: { rate: 0.2 } },
    { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax' } },
    { type: 'Output', name: 'animal' },
  ];
  const source = { kind: 'imageFolder', path: dir, channels: 'colour', fit: 'stretch' } as const;
  document = design(nodes, source, { batchSize: 10, epochs: 3 });
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
  await rm(`${dir}-runs`, { recursive: true, force: true });
});

async function train(dataset: LoadedDataset, from?: TrainerSnapshot, stopAt?: number) {
  const trainer = new Trainer(document, dataset);
  const control: TrainerControl = { wish: 'run', resumed: async () => undefined };
  try {
    if (from) trainer.restore(from);
    if (stopAt !== undefined)
      slowDown(trainer, () => trainer.state.step >= stopAt && Object.assign(control, { wish: 'stop' }));
    const points: MetricPoint[] = [];
    await trainer.run(control, { points: (more) => points.push(...more), save: async () => undefined });
    return { points: points.map((point) => ({ ...point, time: 0 })), snapshot: await trainer.snapshot() };
  } finally {
    trainer.dispose();
  }
}

/** The loop looks at its wishes at least every 12 ms; slowed down so, it looks after every step. */
function slowDown(trainer: Trainer, then: () => unknown) {
  const step = (trainer as unknown as { step(order: Int32Array): void }).step.bind(trainer);
  Object.assign(trainer, {
    step(order: Int32Array) {
      step(order);
      const until = performance.now() + 15;
      while (performance.now() < until);
      then();
    },
  });
}

const backends = [
  { name: 'wasm', home: '/nonexistent' },
  { name: 'tensorflow', home: tensorflowHome },
] as const;

describe.each(backends)('pictures on $name', ({ name, home }) => {
  test.skipIf(home === null)(
    'from disk and from memory, the same curve point for point, also after a break',
    async () => {
      await activateBackend(name, { home: home ?? '' });
      const whole = await loadDataset(document.data, null);
      const streamed = await loadDataset(document.data, null, { memory: STREAMED });
      expect(Object.keys(streamed.streamed)).toEqual(['features']);
      // 63 samples: six batches and one of three.
      expect(whole.splits.train).toHaveLength(63);
      const expected = await train(whole);
      expect(expected.points.at(-1)?.values.valLoss).toBeGreaterThan(0);
      const before = tf.memory().numTensors;
      expect((await train(streamed)).points).toEqual(expected.points);
      expect(tf.memory().numTensors).toBe(before);
      const broken = await train(streamed, undefined, 9);
      expect(broken.snapshot.state).toMatchObject({ step: 9, epoch: 1, batch: 2 });
      const rest = await train(streamed, broken.snapshot);
      expect(rest.points).toEqual(expected.points.filter(({ step }) => step > 9));
    },
  );
});

test('a picture that goes missing ends the training with its name', async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
  const dataset = await loadDataset(document.data, null, { memory: { whole: 0, kept: 0 } });
  const lost = (await dataset.sampleAt(dataset.splits.train[50] ?? 0)).file ?? '';
  await unlink(lost);
  const problem = toProblem(await train(dataset).catch((thrown: unknown) => thrown));
  expect(problem).toMatchObject({ code: 'picture-gone', facts: { file: lost } });
});

test('a training stopped while its pictures are being read ends with a sentence', async () => {
  const { record, dir: runDir } = await runStore(`${dir}-runs`).create(document, null);
  const session = new TrainingSession({ runDir, home: `${dir}-runs`, emit: () => undefined });
  const started = session.start(false);
  // Whatever comes before the pictures is not waited for.
  session.stop();
  const problem = toProblem(await started.catch((thrown: unknown) => thrown));
  expect(problem).toMatchObject({ code: 'stopped-early', message: expect.stringMatching(/before the first step/) });
  expect((await runStore(`${dir}-runs`).read(record.id)).problem?.code).toBe('stopped-early');
});

describe('reading ahead', () => {
  /** Answers when told to. */
  function slowField(size: number) {
    const asked: { indices: Int32Array; answer: () => void }[] = [];
    const field: StreamedField = {
      shape: [size],
      maximum: 255,
      read: (indices) =>
        new Promise((resolve) => {
          const answer = () =>
            resolve(Uint8Array.from({ length: indices.length * size }, (_, i) => indices[Math.floor(i / size)] ?? 0));
          asked.push({ indices, answer });
        }),
    };
    return { asked, field };
  }

  test('keeps four batches under way and hands them out in order, whichever comes first', async () => {
    const { asked, field } = slowField(1);
    const ahead = new Prefetch(new Map([['x', field]]));
    ahead.follow(
      Int32Array.from({ length: 13 }, (_, i) => i * 10),
      2,
      1,
    );
    expect(asked.map(({ indices }) => [...indices])).toEqual([
      [20, 30],
      [40, 50],
      [60, 70],
      [80, 90],
    ]);
    asked[1]?.answer();
    await Promise.resolve();
    const first = ahead.advance();
    expect(first).not.toBeNull();
    expect(asked).toHaveLength(5);
    asked[0]?.answer();
    await first;
    expect([...ahead.take('x', Int32Array.of(20, 30))]).toEqual([20 / 255, 30 / 255].map(Math.fround));
    expect([...ahead.take('x', Int32Array.of(30, 20, 30))]).toEqual([30 / 255, 20 / 255, 30 / 255].map(Math.fround));
    expect(() => ahead.take('x', Int32Array.of(40))).toThrow(/Sample 40/);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ahead.advance()).toBeNull();
    expect([...ahead.take('x', Int32Array.of(40, 50))]).toEqual([40 / 255, 50 / 255].map(Math.fround));
    // The last batch, with one sample, has been asked for by now; nothing comes after it.
    expect([...(asked.at(-1)?.indices ?? [])]).toEqual([120]);
  });

  test('holds fewer batches where they are large, and always one', () => {
    for (const [size, expected] of [
      [2 ** 20 * 100, 2],
      [2 ** 20 * 300, 1],
    ] as const) {
      const { asked, field } = slowField(size);
      new Prefetch(new Map([['x', field]])).follow(Int32Array.from({ length: 9 }), 1, 0);
      expect(asked).toHaveLength(expected);
    }
  });
});
