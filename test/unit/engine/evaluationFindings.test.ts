import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoomDocument } from '../../../core/document/index.ts';
import { type EngineClient, startEngine } from '../../../core/engine/node.ts';
import { runStore } from '../../../core/runs/node.ts';
import { buildEngine } from './buildEngine.ts';
import { irisPerceptron } from './designs.ts';

const home = mkdtempSync(join(tmpdir(), 'layerloom-judged-'));
let engine: EngineClient;

beforeAll(async () => {
  engine = startEngine({ engineFile: await buildEngine('evaluation-findings-engine'), home });
});
afterAll(() => {
  engine?.kill();
  rmSync(home, { recursive: true, force: true });
});

async function trained(document: LoomDocument): Promise<string> {
  const { dir } = await runStore(join(home, 'runs')).create(document, null);
  const over = new Promise<void>((resolve, reject) => {
    const stop = engine.onEvent((event) => {
      if (event.type !== 'run' || event.runDir !== dir) return;
      if (event.record.status === 'failed') reject(new Error(event.record.problem?.message));
      if (event.record.status !== 'finished') return;
      stop();
      resolve();
    });
  });
  await engine.call('train.start', { runDir: dir, resume: false });
  await over;
  return dir;
}

test('an evaluation is judged by the samples it is of, with the mends of a training', async () => {
  const stuck = await trained(
    irisPerceptron({
      epochs: 1,
      learningRate: 1e-6,
      optimizer: { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 },
    }),
  );
  for (const split of ['train', 'test'] as const) {
    const { findings, heads, samples } = await engine.call('evaluate', { runDir: stuck, split, weights: 'last' });
    const { matrix = [] } = heads[0]?.confusion ?? {};
    const right = matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / samples;
    const [said] = findings;
    expect(said?.code).toBe('at-chance');
    // Iris has as many of each of its three classes, and the split keeps the mix.
    expect(said?.facts).toMatchObject({ accuracy: right, samples });
    expect(said?.message).toContain(split === 'test' ? 'of the test samples;' : 'of the samples it was trained on;');
    expect(said?.message.includes('Evaluate the training part')).toBe(split === 'test');
    expect(said?.fixes?.map(({ label }) => label)).toEqual(['Learning rate 1e-7', 'Learning rate 0.00001']);
  }
  const well = await trained(irisPerceptron({ epochs: 40 }));
  expect((await engine.call('evaluate', { runDir: well, split: 'test', weights: 'best' })).findings).toEqual([]);
});
