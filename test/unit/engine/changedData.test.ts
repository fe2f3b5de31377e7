import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataChangesText, type SplitName } from '../../../core/data/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import type { Evaluation } from '../../../core/engine/index.ts';
import { type EngineClient, startEngine } from '../../../core/engine/node.ts';
import { ProblemError } from '../../../core/errors.ts';
import type { RunRecord } from '../../../core/runs/index.ts';
import { runStore } from '../../../core/runs/node.ts';
import { buildEngine } from './buildEngine.ts';
import { design, pictureClassifier } from './designs.ts';

const home = mkdtempSync(join(tmpdir(), 'layerloom-changed-'));
let engine: EngineClient;

beforeAll(async () => {
  engine = startEngine({ engineFile: await buildEngine('changed-data-engine'), home });
});
afterAll(() => {
  engine?.kill();
  rmSync(home, { recursive: true, force: true });
});

const create = async (document: LoomDocument) =>
  (await runStore(join(home, 'runs')).create(document, join(home, 'design.loom'))).dir;

function reaches(dir: string, wanted: (record: RunRecord) => boolean): Promise<RunRecord> {
  return new Promise((resolve, reject) => {
    const stop = engine.onEvent((event) => {
      if (event.type !== 'run' || event.runDir !== dir) return;
      if (event.record.status === 'failed') reject(new Error(event.record.problem?.message));
      else if (!wanted(event.record)) return;
      else resolve(event.record);
      stop();
    });
  });
}

async function trained(document: LoomDocument): Promise<string> {
  const dir = await create(document);
  const over = reaches(dir, ({ status }) => status === 'finished');
  await engine.call('train.start', { runDir: dir, resume: false });
  await over;
  return dir;
}

const evaluate = (runDir: string, split: SplitName): Promise<Evaluation> =>
  engine.call('evaluate', { runDir, split, weights: 'last' });

async function problemOf(promise: Promise<unknown>) {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ProblemError);
  return (failure as ProblemError).problem;
}

type Row = Readonly<Record<'a' | 'b' | 'kind', string>>;

describe('a table that changed since a run', () => {
  const rows: readonly Row[] = Array.from({ length: 150 }, (_, i) => ({
    a: String(Number((((i * 7919) % 1000) / 100).toFixed(2))),
    b: String((i * 31) % 97),
    kind: ((i * 7919) % 1000) / 100 > 5 ? 'zeta' : 'mu',
  }));
  const write = (table: readonly Row[], columns: readonly (keyof Row)[] = ['a', 'b', 'kind']) =>
    writeFile(
      join(home, 'table.csv'),
      `${columns.join(',')}\n${table.map((row) => columns.map((name) => row[name]).join(',')).join('\n')}\n`,
    );
  const perceptron = (epochs: number) =>
    design(
      [
        { type: 'Input', name: 'x', params: { shape: [2] } },
        { type: 'Dense', name: 'hidden', params: { units: 8, activation: 'relu' } },
        { type: 'Dense', name: 'answer', params: { units: 2, activation: 'softmax' } },
        { type: 'Output', name: 'y' },
      ],
      { kind: 'csv', path: 'table.csv', columns: {}, missing: 'dropRow' },
      { epochs, learningRate: 0.02, batchSize: 16 },
    );
  /** The part's rows by what stands in them, with what the network says of each. */
  const said = ({ heads }: Evaluation, table: readonly Row[]) =>
    (heads[0]?.predictions ?? [])
      .map(({ sample, predicted, target, loss }) => {
        const row = table[Number(sample)];
        return [row?.a, row?.b, row?.kind, target, predicted, loss.toFixed(5)].join(' ');
      })
      .sort();
  let runDir: string;
  let before: Evaluation;

  beforeAll(async () => {
    await write(rows);
    runDir = await trained(perceptron(20));
    before = await evaluate(runDir, 'test');
  });

  test('a damaged record of the data is refused when a run goes on, never passed over', async () => {
    const dir = await trained(perceptron(1));
    await writeFile(join(dir, 'data.json'), '{"scaler": ');
    const problem = await problemOf(engine.call('train.start', { runDir: dir, resume: true }));
    expect(problem.code).toBe('run-broken');
  });

  test('as it was, it is as it was', async () => {
    expect(before.samples).toBe(15);
    expect(before.dataChanges).toEqual({ unit: 'row', added: 0, removed: 0, changed: 0 });
    expect(before.metrics.accuracy).toBeGreaterThan(0.8);
    for (const line of said(before, rows)) expect(line.split(' ')[2]).toBe(line.split(' ')[3]);
  });

  test('swapped columns are found by their names', async () => {
    await write(rows, ['kind', 'b', 'a']);
    const after = await evaluate(runDir, 'test');
    expect(after.dataChanges).toEqual({ unit: 'row', added: 0, removed: 0, changed: 0 });
    expect(said(after, rows)).toEqual(said(before, rows));
    expect(after.metrics).toEqual(before.metrics);
  });

  test('appended rows are in no part, also those of a class that comes first by name', async () => {
    const more = Array.from({ length: 40 }, (_, i): Row => ({ a: String(i), b: String(i / 8), kind: 'alpha' }));
    await write([...rows, ...more]);
    const after = await evaluate(runDir, 'test');
    expect(after.dataChanges).toEqual({ unit: 'row', added: 40, removed: 0, changed: 0 });
    expect(said(after, rows)).toEqual(said(before, rows));
    expect(after.heads[0]?.confusion?.classes).toEqual(['mu', 'zeta']);
    const asked = (after.heads[0]?.predictions ?? []).map(({ sample, predicted }) => ({
      ...rows[Number(sample)],
      predicted,
    }));
    const inputs = asked.map(({ a = '', b = '' }) => ({ a, b }));
    const answers = await engine.call('predict', { runDir, weights: 'last', inputs });
    expect(answers.map(({ heads }) => heads[0]?.predicted)).toEqual(asked.map(({ predicted }) => predicted));
    expect(new Set(asked.map(({ predicted }) => predicted))).toEqual(new Set(['mu', 'zeta']));
    const parts = await Promise.all((['train', 'validation', 'test'] as const).map((part) => evaluate(runDir, part)));
    expect(parts.reduce((sum, { samples }) => sum + samples, 0)).toBe(150);
  });

  test('rows before, gone and changed are counted, and what is known of the test stays the test', async () => {
    const tested = new Set((before.heads[0]?.predictions ?? []).map(({ sample }) => Number(sample)));
    const [gone = 0, altered = 0] = [...tested];
    const trainedOn = rows.findLastIndex((_, i) => !tested.has(i));
    const next: Row[] = [
      { a: '1.234', b: '5.5', kind: 'mu' },
      ...rows.flatMap((row, i) => (i === gone || i === trainedOn ? [] : i === altered ? { ...row, b: '999' } : row)),
    ];
    await write(next);
    const after = await evaluate(runDir, 'test');
    expect(after.dataChanges).toEqual({ unit: 'row', added: 1, removed: 2, changed: 1 });
    const isKnown = (line: string) =>
      [gone, altered].every((i) => !line.startsWith(`${rows[i]?.a} ${rows[i]?.b} ${rows[i]?.kind} `));
    expect(said(after, next)).toEqual(said(before, rows).filter(isKnown));
  });

  test('columns that are gone, or hold something else, are named', async () => {
    await write(rows, ['a', 'kind']);
    const gone = await problemOf(evaluate(runDir, 'test'));
    expect(gone).toMatchObject({ code: 'data-schema', facts: { columns: ['b'] } });
    expect(gone.message).toContain('“b”');
    await write(rows.map((row) => ({ ...row, a: `x${row.a}` })));
    expect(await problemOf(evaluate(runDir, 'test'))).toMatchObject({ code: 'data-schema', facts: { columns: ['a'] } });
    await write(rows.map(({ kind }, i) => ({ a: String(i + 1000), b: '3', kind })));
    expect((await problemOf(evaluate(runDir, 'test'))).code).toBe('data-replaced');
  });

  test('a run goes on with new rows beside its own, not with others in their place', async () => {
    await write(rows);
    const dir = await create(perceptron(1_000_000));
    await engine.call('train.start', { runDir: dir, resume: false });
    const resumed = async () => {
      const going = reaches(dir, ({ status, epoch }) => status === 'running' && epoch > 0);
      await engine.call('train.start', { runDir: dir, resume: true });
      await going;
      await stopped();
    };
    const stopped = async () => {
      const over = reaches(dir, ({ status }) => status === 'stopped');
      await engine.call('train.stop', {});
      await over;
    };
    await reaches(dir, ({ epoch }) => epoch > 0);
    await stopped();
    const tested = said(await evaluate(dir, 'test'), rows).map((line) => line.split(' ').slice(0, 4));
    await write([...rows, { a: '3.21', b: '1', kind: 'mu' }]);
    await resumed();
    expect(said(await evaluate(dir, 'test'), rows).map((line) => line.split(' ').slice(0, 4))).toEqual(tested);
    await write(rows.slice(3));
    const refused = await problemOf(engine.call('train.start', { runDir: dir, resume: true }));
    expect(refused).toMatchObject({ code: 'data-changed', facts: { removed: 3 } });
  });
});

const pictures = join(home, 'pictures');
const draw = async (label: string, name: string, shade: number, size = 4) => {
  await mkdir(join(pictures, label), { recursive: true });
  const pixels = Uint8Array.from({ length: size * size * 3 }, (_, p) => shade + ((p * 11 + name.length) % 30));
  // Stored, not compressed: all of one form have one size.
  await sharp(pixels, { raw: { height: size, width: size, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toFile(join(pictures, label, name));
};
const drawAll = async () => {
  await rm(pictures, { recursive: true, force: true });
  for (let i = 0; i < 20; i++) {
    await draw('dark', `${i}.png`, 30);
    await draw('light', `${i}.png`, 180);
  }
};
const names = ({ heads }: Evaluation) => (heads[0]?.predictions ?? []).map(({ sample }) => String(sample)).sort();

test('pictures are known by their paths, and changed ones are no longer in a part', async () => {
  await drawAll();
  const dir = await trained(pictureClassifier(2));
  const before = names(await evaluate(dir, 'train'));
  const [gone = '', altered = ''] = before;
  await rm(join(pictures, gone));
  await draw(altered.split('/')[0] ?? '', altered.split('/')[1] ?? '', 90, 40);
  await draw('dark', 'new.png', 60);
  await draw('amber', '1.png', 100);
  await draw('amber', '2.png', 100);
  const after = await evaluate(dir, 'train');
  expect(after.dataChanges).toEqual({ unit: 'picture', added: 3, removed: 1, changed: 1 });
  expect(names(after)).toEqual(before.slice(2));
  expect(after.heads[0]?.confusion?.classes).toEqual(['dark', 'light']);
  for (const { sample, target } of after.heads[0]?.predictions ?? [])
    expect(String(sample).startsWith(`${target}/`)).toBe(true);
});

test('a picture replaced by another of the very same size and time is one that changed', async () => {
  await drawAll();
  const dir = await trained(pictureClassifier(1));
  const before = await evaluate(dir, 'train');
  expect(before.dataChanges).toEqual({ unit: 'picture', added: 0, removed: 0, changed: 0 });
  const [first = ''] = names(before);
  const file = join(pictures, first);
  const { size, atime, mtime } = await stat(file);
  const bytes = await readFile(file);
  const other = await readFile(join(pictures, first.startsWith('dark') ? 'light/1.png' : 'dark/1.png'));
  expect(other.length).toBe(bytes.length);
  expect(other.equals(bytes)).toBe(false);
  await writeFile(file, other);
  await utimes(file, atime, mtime);
  expect(await stat(file)).toMatchObject({ size, mtime });
  const after = await evaluate(dir, 'train');
  expect(after.dataChanges).toEqual({ unit: 'picture', added: 0, removed: 0, changed: 1 });
  expect(names(after)).toEqual(names(before).filter((name) => name !== first));
  expect(await problemOf(engine.call('train.start', { runDir: dir, resume: true }))).toMatchObject({
    code: 'data-changed',
    facts: { changed: 1 },
  });
});

test('a run of an older version says what of its data cannot be checked', async () => {
  await drawAll();
  const dir = await trained(pictureClassifier(1));
  const file = join(dir, 'data.json');
  const { samples, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  const { digests, ...older } = samples;
  expect(digests).toHaveLength(40);
  const sizes = await Promise.all(samples.names.map(async (name: string) => (await stat(join(pictures, name))).size));
  await writeFile(file, JSON.stringify({ ...rest, samples: { ...older, sizes } }));
  const bySize = await evaluate(dir, 'test');
  expect(bySize.dataChanges).toEqual({ unit: 'picture', added: 0, removed: 0, changed: 0, unchecked: 'content' });
  expect(bySize.dataChanges === null ? null : dataChangesText(bySize.dataChanges)).toContain('sizes of its pictures');
  await writeFile(file, JSON.stringify(rest));
  expect((await evaluate(dir, 'test')).dataChanges?.unchecked).toBe('samples');
  const over = reaches(dir, ({ status }) => status === 'finished');
  await engine.call('train.start', { runDir: dir, resume: true });
  const { notes = [] } = await over;
  expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('no record of its pictures')]);
  expect((await evaluate(dir, 'test')).dataChanges?.unchecked).toBe('beginning');
});
