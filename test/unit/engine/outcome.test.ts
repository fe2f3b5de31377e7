import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { loadDataset } from '../../../core/data/node.ts';
import type { LoomDocument, TrainingSettings } from '../../../core/document/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { findings } from '../../../core/engine/train/outcome/findings.ts';
import { classesOutcome, valuesOutcome } from '../../../core/engine/train/outcome/headOutcome.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import { type Problem, ProblemError } from '../../../core/errors.ts';
import type { MetricPoint } from '../../../core/runs/index.ts';
import { editIn } from '../../edits.ts';
import { design, irisPerceptron } from './designs.ts';

let folder: string;
beforeAll(async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
  folder = await mkdtemp(join(tmpdir(), 'layerloom-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Trains to the end and gives what is said of it. */
async function outcomeOf(document: LoomDocument): Promise<readonly Problem[]> {
  const trainer = new Trainer(document, await loadDataset(document.data, null));
  const points: MetricPoint[] = [];
  try {
    const control = { wish: 'run' as const, resumed: async () => undefined };
    await trainer.run(control, { points: (more) => points.push(...more), save: async () => undefined });
    return await trainer.judge(points);
  } finally {
    trainer.dispose();
  }
}

const codes = (problems: readonly Problem[]) => problems.map(({ code }) => code);
const SGD: TrainingSettings['optimizer'] = { name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 };

/** Numbers 0..1 in steps, seven of eight rows “often”; `reach` is how large the second feature gets. */
async function table(name: string, reach: number, target: (i: number) => string | number): Promise<string> {
  const path = join(folder, name);
  const rows = Array.from({ length: 160 }, (_, i) => `${(i % 16) / 16},${((i * 7) % 16) * (reach / 16)},${target(i)}`);
  await writeFile(path, `a,b,target\n${rows.join('\n')}\n`);
  return path;
}
const onTable = (path: string, units: number, output: object, training: Partial<TrainingSettings>): LoomDocument => {
  const document = design(
    [
      { type: 'Input', name: 'x', params: { shape: [2] } },
      { type: 'Dense', name: 'hidden', params: { units: 16, activation: 'relu' } },
      { type: 'Dense', name: 'answer', params: { units } },
      { type: 'Output', name: 'y', params: output as Record<string, never> },
    ],
    { kind: 'csv', path, columns: {}, missing: 'dropRow' },
    training,
  );
  return { ...document, data: { ...document.data, scaling: 'none' } };
};

describe('a training that ended without an error', () => {
  test('and learned: nothing is said', async () => {
    expect(await outcomeOf(irisPerceptron({ epochs: 40 }))).toEqual([]);
  });

  test('at chance: said with both shares, and other learning rates a click away', async () => {
    const document = irisPerceptron({ epochs: 2, learningRate: 1e-6, optimizer: SGD });
    const [finding] = await outcomeOf(document);
    expect(finding?.code).toBe('at-chance');
    // Iris has 50 of each of its three classes, and the split keeps the mix.
    expect(finding?.message).toMatch(/always answering “\w+” would be right for 33\.3 %/);
    const [slower, faster] = finding?.fixes ?? [];
    expect([slower?.label, faster?.label]).toEqual(['Learning rate 1e-7', 'Learning rate 0.00001']);
    const changed = applyCommand(document, editIn(faster));
    expect(changed.ok && changed.value.document.training.learningRate).toBe(1e-5);
  });

  test('a class that is never predicted is named', () => {
    const truths = [...Array(30).fill(0), ...Array(30).fill(1), ...Array(5).fill(2)];
    const said = truths.map((truth) => truth % 2);
    const training = [classesOutcome('y', ['even', 'odd', 'rare'], truths, said)];
    const [finding, ...others] = findings({ epochs: 5, curve: [], validation: [], causes: [], training });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'class-never-predicted', facts: { classes: ['rare'], samples: 65 } });
    expect(finding?.message).toContain('5 of 65 samples are “rare”');
    // Predicted among the validation samples, it is not "never".
    const validation = [classesOutcome('y', ['even', 'odd', 'rare'], [2], [2])];
    expect(findings({ epochs: 5, curve: [], validation, causes: [], training })).toEqual([]);
  });

  test('a loss that reached 1e20 is told of, with the inputs that nothing scales as the first cause', async () => {
    const path = await table('huge.csv', 1000, (i) => (i % 16) * 3);
    const document = onTable(path, 1, { loss: 'meanSquaredError' }, { optimizer: SGD, learningRate: 1e-6, epochs: 3 });
    const curve = [3, 5e7, 1e20, 12].map((loss, i) => ({
      kind: 'step' as const,
      step: i + 1,
      epoch: 0,
      time: 0,
      values: { loss },
    }));
    const trainer = new Trainer(document, await loadDataset(document.data, null));
    const told = await trainer.judge(curve);
    trainer.dispose();
    const finding = told.find(({ code }) => code === 'loss-exploded');
    expect(finding?.message).toMatch(
      /^The loss went from 3 up to 100000000000000000000 \(step 3\) and ended at 12\. The inputs reach 9\d\d/,
    );
    expect(finding?.fixes?.[0]?.label).toBe('Standardise the inputs');
  });

  test('numbers no better than their mean are told of', async () => {
    const path = await table('mean.csv', 1, (i) => (i % 16) * 3);
    const stuck = { optimizer: SGD, learningRate: 1e-9, epochs: 1 };
    expect(codes(await outcomeOf(onTable(path, 1, { loss: 'meanSquaredError' }, stuck)))).toEqual(['at-chance']);
    const learning = { learningRate: 0.03, epochs: 60 };
    expect(codes(await outcomeOf(onTable(path, 1, { loss: 'meanSquaredError' }, learning)))).toEqual([]);
  });
});

test('the advice for a loss that is not a number names the unscaled inputs first, and following it the training runs', async () => {
  const path = await table('nan.csv', 1e6, (i) => (i % 16) * 1.5 + 0.25);
  const document = onTable(path, 1, { loss: 'meanSquaredError' }, { optimizer: SGD, learningRate: 0.01, epochs: 20 });
  const failure = await outcomeOf(document).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProblemError);
  const { problem } = failure as ProblemError;
  expect(problem.code).toBe('loss-not-finite');
  expect(problem.fixes?.map(({ label }) => label)).toEqual(['Standardise the inputs', 'Learning rate 0.001']);
  const mended = applyCommand(document, editIn(problem.fixes?.[0]));
  if (!mended.ok) throw new Error('the fix does not apply');
  expect(codes(await outcomeOf(mended.value.document))).toEqual([]);
});

describe('by hand', () => {
  const judged = (training: Parameters<typeof findings>[0]['training']) =>
    codes(findings({ epochs: 1, curve: [], validation: [], causes: [], training }));
  const answers = (right: number, wrong: number) => {
    // Two classes in equal number, so that chance is a half; one standard error of 100 samples is 5 %.
    const truths = Array.from({ length: right + wrong }, (_, i) => i % 2);
    return classesOutcome(
      'y',
      ['a', 'b'],
      truths,
      truths.map((truth, i) => (i < right ? truth : 1 - truth)),
    );
  };

  test('within two standard errors of chance is chance', () => {
    expect(judged([answers(60, 40)])).toEqual(['at-chance']);
    expect(judged([answers(61, 39)])).toEqual([]);
  });

  test('always the commonest answer is chance however common it is', () => {
    const truths = [...Array(90).fill(0), ...Array(10).fill(1)];
    expect(judged([classesOutcome('y', ['a', 'b'], truths, Array(100).fill(0))])).toEqual(['at-chance']);
  });

  test('the error of the mean is the variance', () => {
    // Of 1, 2, 3, 4 around 2.5: (2.25 + 0.25 + 0.25 + 2.25) / 4. Said 1, 2, 3, 8: 16 / 4.
    expect(valuesOutcome('y', 4, [1, 2, 3, 4], [1, 2, 3, 8])).toMatchObject({ meanError: 1.25, error: 4 });
    // Two columns, each with its own mean: 0 and 10.
    expect(valuesOutcome('y', 2, [-1, 9, 1, 11], [0, 10, 0, 10])).toMatchObject({ meanError: 1, error: 1 });
  });

  test('every head is judged and named', () => {
    const all = findings({
      epochs: 3,
      curve: [],
      validation: [],
      causes: [],
      training: [answers(90, 10), valuesOutcome('width', 4, [1, 2, 3, 4], [9, 9, 9, 9])],
    });
    expect(all.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Width: after 3 epochs the network’s numbers are further/),
    ]);
  });
});
