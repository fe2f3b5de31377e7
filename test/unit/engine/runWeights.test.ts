import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { writeWeights } from '../../../core/engine/checkpoint/checkpoint.ts';
import { runWeights } from '../../../core/engine/weights/runWeights.ts';
import { summariseWeight, VALUES_AT_ONCE } from '../../../core/engine/weights/summariseWeight.ts';
import { RUN_FILES, runStore } from '../../../core/runs/node.ts';
import { irisPerceptron } from './designs.ts';

const home = mkdtempSync(join(tmpdir(), 'loom-weights-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const going = new AbortController().signal;

test('figures of one to four, with a zero', async () => {
  const { figures, notFinite } = await summariseWeight(Float32Array.of(0, 1, 2, 3, 4));
  // The variance of n + 1 whole numbers in a row is n (n + 2) / 12.
  expect(figures).toEqual({ min: 0, max: 4, mean: 2, deviation: Math.sqrt(2), zeros: 0.2 });
  expect(notFinite).toBe(0);
});

test('what is not finite is counted apart', async () => {
  const { figures, notFinite } = await summariseWeight(Float32Array.of(Number.NaN, 3, Number.POSITIVE_INFINITY, -3));
  expect(figures).toEqual({ min: -3, max: 3, mean: 0, deviation: 3, zeros: 0 });
  expect(notFinite).toBe(2);
  expect(await summariseWeight(Float32Array.of(Number.NaN))).toEqual({ figures: null, notFinite: 1 });
});

test('a small deviation beside a large mean is not lost, over many stretches of a large weight', async () => {
  const count = 2 * VALUES_AT_ONCE + 2;
  let pauses = 0;
  const data = Float32Array.from({ length: count }, (_, i) => 4096 + (i % 2 === 0 ? 1 : -1) / 1024);
  const { figures } = await summariseWeight(data, async () => {
    pauses++;
  });
  expect(pauses).toBe(2);
  expect(figures?.mean).toBeCloseTo(4096, 9);
  expect(figures?.deviation).toBeCloseTo(1 / 1024, 9);
});

test('the figures move and grow with the values', async () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(values, fc.integer({ min: -100, max: 100 }), async (list, shift) => {
      const one = (await summariseWeight(Float32Array.from(list))).figures;
      const other = (await summariseWeight(Float32Array.from(list, (value) => -2 * value + shift))).figures;
      if (one === null || other === null) throw new Error('They are finite.');
      expect(other.mean).toBeCloseTo(-2 * one.mean + shift, 6);
      expect(other.deviation).toBeCloseTo(2 * one.deviation, 6);
      expect([other.min, other.max]).toEqual([-2 * one.max + shift, -2 * one.min + shift]);
    }),
  );
});

test('a run tells of its layers by id, all or those of one node', async () => {
  const { dir } = await runStore(join(home, 'runs')).create(irisPerceptron(), null);
  const filled = (shape: readonly number[], value: number) =>
    ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) }) as const;
  const weights = new Map([
    ['hidden/kernel', filled([4, 16], 1)],
    ['hidden/bias', filled([16], 2)],
    ['answer/kernel', filled([16, 3], 3)],
    ['answer/bias', filled([3], 0)],
  ]);
  await writeWeights(join(dir, RUN_FILES.lastWeights), weights, {});
  const all = await runWeights(dir, 'last', null, going);
  const means = all.map(({ id, weights: own }) => [id, own.map(({ name, figures }) => [name, figures?.mean])]);
  expect(means).toEqual([
    [
      'hidden',
      [
        ['kernel', 1],
        ['bias', 2],
      ],
    ],
    [
      'answer',
      [
        ['kernel', 3],
        ['bias', 0],
      ],
    ],
  ]);
  expect(await runWeights(dir, 'last', 'answer', going)).toEqual(all.slice(1));
  expect(await runWeights(dir, 'last', 'measures', going)).toEqual([]);
  await expect(runWeights(dir, 'best', null, going)).rejects.toMatchObject({ name: 'ProblemError' });
  const cancelled = AbortSignal.abort(new Error('not wanted'));
  await expect(runWeights(dir, 'last', null, cancelled)).rejects.toThrow('not wanted');
});
