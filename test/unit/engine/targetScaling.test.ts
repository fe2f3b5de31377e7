import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { evaluateRun } from '../../../core/engine/evaluate/evaluate.ts';
import { predictWithRun } from '../../../core/engine/predict/predict.ts';
import { TrainingSession } from '../../../core/engine/train/session.ts';
import { foldScales, targetScales, unfoldScales } from '../../../core/engine/train/targetScale.ts';
import { readRecord, runStore } from '../../../core/runs/node.ts';
import { design } from './designs.ts';

let folder: string;
let path: string;
/** Prices around 2,880 that follow from size and age: 2,000 + 20 · size − 5 · age. */
const price = (size: number, age: number) => 2000 + 20 * size - 5 * age;
const ROWS = Array.from({ length: 200 }, (_, i) => [((i * 37) % 90) + 5.5, ((i * 11) % 30) + 0.25] as const);

beforeAll(async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
  folder = await mkdtemp(join(tmpdir(), 'layerloom-test-'));
  path = join(folder, 'prices.csv');
  await writeFile(path, `size,age,price\n${ROWS.map(([a, b]) => `${a},${b},${price(a, b)}`).join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function regression(targetScaling: 'none' | 'standardise' | undefined, activation = 'linear'): LoomDocument {
  const document = design(
    [
      { type: 'Input', name: 'x', params: { shape: [2] } },
      { type: 'Dense', name: 'hidden', params: { units: 16, activation: 'relu' } },
      { type: 'Dense', name: 'answer', params: { units: 1, activation } },
      { type: 'Output', name: 'y', params: { loss: 'meanSquaredError' } },
    ],
    { kind: 'csv', path, columns: {}, missing: 'dropRow' },
    { epochs: 60, learningRate: 0.01, batchSize: 16 },
  );
  const { targetScaling: _, ...data } = document.data;
  return { ...document, data: targetScaling === undefined ? data : { ...data, targetScaling } };
}

async function train(document: LoomDocument): Promise<string> {
  const { dir } = await runStore(join(folder, 'runs')).create(document, null);
  const session = new TrainingSession({ runDir: dir, home: folder, emit: () => undefined });
  await session.start(false);
  await session.done();
  return dir;
}

test('a target of mean 2,880 is learned in a minute, and everything is said in its own units', async () => {
  const dir = await train(regression('standardise'));
  const record = await readRecord(dir);
  expect(record).toMatchObject({ status: 'finished', findings: [] });
  // The loss is that of standardised targets; the mean distance is in the target's units.
  expect(record.metrics.valLoss).toBeLessThan(0.1);
  const evaluation = await evaluateRun(dir, 'test', 'last');
  const [head] = evaluation.heads;
  for (const { sample, target } of head?.predictions ?? []) {
    const row = typeof sample === 'number' ? ROWS[sample] : undefined;
    if (row === undefined) throw new Error(`no row ${sample}`);
    expect(Number(target)).toBeCloseTo(price(...row), 2);
  }
  const errors = (head?.predictions ?? []).map(({ predicted, target }) => Math.abs(Number(predicted) - Number(target)));
  const mae = errors.reduce((a, b) => a + b, 0) / errors.length;
  expect(evaluation.metrics.mae).toBeCloseTo(mae, 1);
  expect(head?.regression?.mae).toBeCloseTo(mae, 1);
  expect(head?.regression?.r2).toBeGreaterThan(0.9);
  expect(head?.regression?.baseline.mae).toBeGreaterThan(100);
  const validation = await evaluateRun(dir, 'validation', 'last');
  expect(validation.metrics.loss).toBeCloseTo(record.metrics.valLoss ?? 0, 4);
  expect(validation.metrics.mae).toBeCloseTo(record.metrics.valMae ?? 0, 2);
  // A row of one's own, by the formula behind the table.
  const [prediction] = await predictWithRun(dir, 'last', [{ size: 50, age: 10 }]);
  expect(Math.abs((prediction?.heads[0]?.output[0] ?? 0) - price(50, 10))).toBeLessThan(120);
  // Without it the same training is nowhere near.
  const plain = await evaluateRun(await train(regression('none')), 'test', 'last');
  expect(plain.heads[0]?.regression?.r2).toBeLessThan(0);
});

test('what is undone: the layer’s weights by hand, there and back', () => {
  const weights = new Map([
    ['answer/kernel', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ['answer/bias', { shape: [2], data: Float32Array.of(0.5, -1) }],
    ['hidden/kernel', { shape: [1], data: Float32Array.of(7) }],
  ]);
  const scales = { y: { layer: 'answer', mean: [100, 10], deviation: [8, 2] } };
  const folded = foldScales(weights, scales);
  expect(Array.from(folded.get('answer/kernel')?.data ?? [])).toEqual([8, 4, 24, 8]);
  expect(Array.from(folded.get('answer/bias')?.data ?? [])).toEqual([104, 8]);
  expect(Array.from(folded.get('hidden/kernel')?.data ?? [])).toEqual([7]);
  expect(unfoldScales(folded, scales)).toEqual(weights);
});

test('only where it can be undone, and not in designs of before', async () => {
  const dataset = await loadDataset(regression('standardise').data, null);
  const scales = targetScales(regression('standardise'), dataset);
  // Mean and deviation of the training rows, from the table itself.
  const rows = Array.from(dataset.splits.train, (i) => price(...(ROWS[i] ?? [0, 0])));
  const mean = rows.reduce((a, b) => a + b, 0) / rows.length;
  const deviation = Math.sqrt(rows.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length);
  expect(scales.y?.layer).toBe('answer');
  expect(scales.y?.mean[0]).toBeCloseTo(mean, 3);
  expect(scales.y?.deviation[0]).toBeCloseTo(deviation, 3);
  expect(targetScales(regression(undefined), dataset)).toEqual({});
  expect(targetScales(regression('standardise', 'relu'), dataset)).toEqual({});
});
