import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoomDocument } from '../../../core/document/index.ts';
import type { Evaluation, HeadEvaluation } from '../../../core/engine/index.ts';
import { type EngineClient, startEngine } from '../../../core/engine/node.ts';
import { runStore } from '../../../core/runs/node.ts';
import { buildEngine } from './buildEngine.ts';
import { design, pictureClassifier } from './designs.ts';

const home = mkdtempSync(join(tmpdir(), 'layerloom-identity-'));
let engine: EngineClient;

beforeAll(async () => {
  engine = startEngine({ engineFile: await buildEngine('sample-identity-engine'), home });
});
afterAll(() => {
  engine?.kill();
  rmSync(home, { recursive: true, force: true });
});

/** Trains to the end and gives the run's folder. */
async function trained(document: LoomDocument): Promise<string> {
  const { dir } = await runStore(join(home, 'runs')).create(document, join(home, 'design.loom'));
  const over = new Promise<void>((resolve, reject) => {
    const stop = engine.onEvent((event) => {
      if (event.type !== 'run' || event.runDir !== dir) return;
      const { status, problem } = event.record;
      if (status !== 'finished' && status !== 'failed') return;
      stop();
      if (status === 'finished') resolve();
      else reject(new Error(problem?.message));
    });
  });
  await engine.call('train.start', { runDir: dir, resume: false });
  await over;
  return dir;
}

async function everyPart(runDir: string): Promise<Evaluation[]> {
  const parts: Evaluation[] = [];
  for (const split of ['train', 'validation', 'test'] as const)
    parts.push(await engine.call('evaluate', { runDir, split, weights: 'last' }));
  return parts;
}

const ofHead = (parts: readonly Evaluation[], at: number): HeadEvaluation['predictions'] =>
  parts.flatMap(({ heads }) => heads[at]?.predictions ?? []);

describe('a sample is the same one from reading to evaluation', () => {
  // Each row is unlike every other; every third has a gap and is left out, so that places and rows part early.
  const cells = Array.from({ length: 120 }, (_, row) => [
    row % 3 === 1 ? '' : String(row / 10),
    String((row * 37) % 101),
    ['low', 'mid', 'high'][((row * 5) % 7) % 3] ?? '',
  ]);
  const kept = cells.flatMap((_, row) => (row % 3 === 1 ? [] : [row]));
  let runDir: string;

  beforeAll(async () => {
    await writeFile(join(home, 'gaps.csv'), `a,b,label\n${cells.map((row) => row.join(',')).join('\n')}\n`);
    runDir = await trained(
      design(
        [
          { type: 'Input', name: 'x', params: { shape: [2] } },
          { type: 'Dense', name: 'hidden', params: { units: 4, activation: 'relu' } },
          { type: 'Dense', name: 'first', params: { units: 3, activation: 'softmax' } },
          { type: 'Output', name: 'one' },
          { type: 'Dense', name: 'second', params: { units: 3, activation: 'softmax' }, from: ['hidden'] },
          { type: 'Output', name: 'two' },
        ],
        { kind: 'csv', path: 'gaps.csv', columns: {}, missing: 'dropRow' },
        { epochs: 1 },
      ),
    );
  });

  test('every prediction names the row of the file that its truth stands in, and each kept row once', async () => {
    const parts = await everyPart(runDir);
    for (const head of [0, 1]) {
      const predictions = ofHead(parts, head);
      expect(predictions.map(({ sample }) => Number(sample)).sort((a, b) => a - b)).toEqual(kept);
      for (const { sample, target } of predictions) expect(target).toBe(cells[Number(sample)]?.[2]);
    }
  });

  test('what is shown beside a wrong prediction is that very row', async () => {
    const [part] = await everyPart(runDir);
    const wrong = (part?.heads[0]?.predictions ?? []).filter(({ correct }) => correct === false);
    expect(wrong.length).toBeGreaterThan(0);
    const ids = wrong.map(({ sample }) => sample);
    const samples = await engine.call('run.samples', { runDir, samples: ids });
    expect(samples.map((sample) => sample?.id)).toEqual(ids);
    for (const [i, sample] of samples.entries()) {
      const [a, b, label] = cells[Number(ids[i])] ?? [];
      expect(sample?.row).toEqual({ a, b, label });
      expect(sample?.target).toBe(wrong[i]?.target);
    }
    // A row with a gap was left out: it has no sample, and stands in for no other.
    expect(await engine.call('run.samples', { runDir, samples: [1, 999, 'b.png'] })).toEqual([null, null, null]);
  });

  test('a loss beside a row is that of predicting that row', async () => {
    const [part] = await everyPart(runDir);
    const shown = part?.heads[1]?.predictions.slice(0, 20) ?? [];
    const inputs = shown.map(({ sample }) => {
      const [a, b] = cells[Number(sample)] ?? [];
      return { a: Number(a), b: Number(b) };
    });
    const answers = await engine.call('predict', { runDir, weights: 'last', inputs });
    // Classes are in the order of their names.
    const classes = ['high', 'low', 'mid'];
    for (const [i, { loss, target, predicted }] of shown.entries()) {
      const head = answers[i]?.heads[1];
      expect(head).toMatchObject({ name: 'two', predicted });
      expect(loss).toBeCloseTo(-Math.log(head?.output[classes.indexOf(target)] ?? 0), 4);
    }
  });

  test('pictures are named by their paths', async () => {
    for (const [shade, label] of ['dark', 'light'].entries()) {
      await mkdir(join(home, 'pictures', label), { recursive: true });
      for (let i = 0; i < 12; i++) {
        const pixels = Uint8Array.from({ length: 48 }, (_, p) => 40 + shade * 120 + ((p * 11 + i) % 30));
        const raw = { height: 4, width: 4, channels: 3 as const };
        await sharp(pixels, { raw }).toFile(join(home, 'pictures', label, `${i}.png`));
      }
    }
    const dir = await trained(pictureClassifier(1));
    const predictions = ofHead(await everyPart(dir), 0);
    const paths = ['dark', 'light'].flatMap((label) => Array.from({ length: 12 }, (_, i) => `${label}/${i}.png`));
    expect(predictions.map(({ sample }) => sample).sort()).toEqual(paths.sort());
    for (const { sample, target } of predictions) expect(String(sample).startsWith(`${target}/`)).toBe(true);
    const [shown] = await engine.call('run.samples', { runDir: dir, samples: ['light/7.png'] });
    expect(shown).toMatchObject({ id: 'light/7.png', target: 'light', file: join(home, 'pictures', 'light', '7.png') });
  });
});
