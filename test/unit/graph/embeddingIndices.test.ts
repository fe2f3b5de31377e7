import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { describeDataset, loadDataset } from '../../../core/data/node.ts';
import { type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { analyse } from '../../../core/graph/index.ts';
import { editIn } from '../../edits.ts';
import { chain, type Step } from './smallDesigns.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/embeddingRange');
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-embedding-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** What stands before training, with the data as they are on disk. */
async function errorsOf(document: LoomDocument, baseDir: string): Promise<readonly Problem[]> {
  const { summary, problems } = await describeDataset(document.data, baseDir);
  const { problems: own } = analyse({ document, dataset: summary });
  return [...problems, ...own].filter(({ severity }) => severity === 'error');
}

function pressed(document: LoomDocument, problem: Problem | undefined, button = 0): LoomDocument {
  const fix = problem?.fixes?.[button];
  if (fix === undefined) throw new Error(`no button: ${problem?.message}`);
  const applied = applyCommand(document, editIn(fix));
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value.document;
}

describe('designs people made', () => {
  const open = async (name: string): Promise<LoomDocument> => {
    const parsed = parseDocument(await readFile(join(FIXTURES, `${name}.loom`), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.value.document;
  };

  it('item 0 to 11, standardised: the layer, the column, the cause and a button', async () => {
    const document = await open('standardised');
    const errors = await errorsOf(document, FIXTURES);
    expect(errors.map(({ code }) => code)).toEqual(['embedding-scaled']);
    expect(errors[0]?.message).toMatch(
      /^“item_vectors” looks rows .* whole numbers from 0 to 11, but column “item” reaches it as −1\.\d+ to 1\.\d+: scaling \(standardise\) has changed the 0 to 11 of the file. Set scaling to none.$/,
    );
    expect(await errorsOf(pressed(document, errors[0]), FIXTURES)).toEqual([]);
  });

  it('item 0 to 11 and a table of 10', async () => {
    const document = await open('too-small');
    const errors = await errorsOf(document, FIXTURES);
    expect(errors[0]?.message).toMatch(/column “item” goes up to 11. Set the vocabulary to 12.$/);
    expect(await errorsOf(pressed(document, errors[0]), FIXTURES)).toEqual([]);
  });

  it('the control has nothing wrong', async () => {
    expect(await errorsOf(await open('control'), FIXTURES)).toEqual([]);
  });
});

/** One column of a made-up file: where its numbers start and how far apart they are. */
const column = fc.record({
  start: fc.constantFrom(0, 0, 0, 1, -1, -3, 0.5),
  step: fc.constantFrom(1, 1, 1, 2, 0.25),
  count: fc.integer({ min: 2, max: 9 }),
  gaps: fc.boolean(),
});
const design = fc.record({
  columns: fc.array(column, { minLength: 1, maxLength: 3 }),
  rows: fc.integer({ min: 1, max: 24 }),
  scaling: fc.constantFrom('none' as const, 'none' as const, 'standardise' as const, 'minmax' as const),
  missing: fc.constantFrom('dropRow' as const, 'meanOrMode' as const),
  between: fc.constantFrom<string[]>([], ['Flatten'], ['Reshape']),
});

it('says something exactly where a number that is no row of the table would be looked up, and its buttons end that', async () => {
  const seen = { sound: 0, scaled: 0, short: 0, other: 0 };
  await fc.assert(
    fc.asyncProperty(design, fc.nat(), async ({ columns, rows, scaling, missing, between }, number) => {
      const path = join(dir, `${number}.csv`);
      const names = columns.map((_, i) => `c${i}`);
      const lines = Array.from({ length: 40 }, (_, row) =>
        [
          ...columns.map(({ start, step, count, gaps }, i) =>
            gaps && row % 11 === 5 ? '' : String(start + step * ((row * (i + 1)) % count)),
          ),
          (row * 0.37).toFixed(3),
        ].join(),
      );
      await writeFile(path, [[...names, 'sold'].join(), ...lines].join('\n'));
      const shape = [columns.length];
      const steps = between.map(
        (type): Step => (type === 'Reshape' ? [type, { targetShape: [columns.length, 1] }] : [type]),
      );
      const plain = chain(
        ['Input', { shape }],
        ...steps,
        ['Embedding', { inputDim: rows, outputDim: 2 }],
        ['Flatten'],
        ['Dense', { units: 1 }],
        ['Output', { loss: 'meanSquaredError' }],
      );
      const kinds = Object.fromEntries(names.map((name) => [name, { role: 'feature', kind: 'numeric' } as const]));
      const document: LoomDocument = {
        ...plain,
        data: { ...plain.data, scaling, source: { kind: 'csv', path, columns: kinds, missing } },
      };
      const loaded = await loadDataset(document.data, null);
      const values = loaded.fields.features?.data ?? new Float32Array();
      const wrong = values.some((value) => !Number.isInteger(value) || value < 0 || value >= rows);
      const of = (problems: readonly Problem[]) => problems.filter(({ code }) => code.startsWith('embedding-'));
      const found = of(await errorsOf(document, dirname(path)));
      expect(found.length > 0).toBe(wrong);
      const [problem] = found;
      const kind = !problem
        ? 'sound'
        : problem.code === 'embedding-scaled'
          ? 'scaled'
          : problem.code === 'embedding-too-small'
            ? 'short'
            : 'other';
      seen[kind]++;
      for (const button of (problem?.fixes ?? []).keys())
        expect(of(await errorsOf(pressed(document, problem, button), dirname(path)))).toEqual([]);
    }),
    { numRuns: 120, seed: 7 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(3);
});

it('whole numbers with cross-entropy: the column can be taken for classes with a click', async () => {
  const path = join(dir, 'grades.csv');
  const lines = Array.from({ length: 40 }, (_, row) => `${row * 0.5},${row % 7},${row % 4}`);
  await writeFile(path, ['height,weight,grade', ...lines].join('\n'));
  const plain = chain(['Input', { shape: [2] }], ['Dense', { units: 4 }], ['Softmax'], ['Output']);
  const columns = { grade: { role: 'target', kind: 'numeric' } } as const;
  const document: LoomDocument = {
    ...plain,
    data: { ...plain.data, source: { kind: 'csv', path, columns, missing: 'dropRow' } },
  };
  const errors = await errorsOf(document, dir);
  expect(errors.map(({ code }) => code)).toEqual(['loss-target']);
  expect(errors[0]?.message).toContain('the target “grade” is a number (0 to 3)');
  expect(errors[0]?.fixes?.map(({ label }) => label)).toEqual(['Take “grade” for classes', 'Use mean squared error']);
  expect(await errorsOf(pressed(document, errors[0]), dir)).toEqual([]);
});
