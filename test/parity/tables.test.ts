import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../core/data/node.ts';
import { DEFAULT_DATA, documentSchema, type LoomDocument, type TableFormat } from '../../core/document/index.ts';
import { kerasCodeFiles } from '../../core/engine/export/kerasCode.ts';
import { ProblemError } from '../../core/errors.ts';
import { readSafetensors } from '../../core/formats/index.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { layerloom, ROOT } from '../host/commandLine.ts';
import { AMOUNTS, amountsText, WAYS } from '../unit/data/tableTexts.ts';
import { randomTable } from './randomTables.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-tables-'));
const CASES = join(import.meta.dirname, '../fixtures/field-cases');
const RANDOM = 120;
/** Numbers with what is no unit to whoever looks for one. */
const SCORES = ['5/100', '70/100', '33', '12/100', '8/100', '99/100'];

interface Outcome {
  readonly error?: string;
  readonly rows: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly printed: string;
}
const outcomes = new Map<string, Outcome>();
/** What the app reads of each table that it can train with: features and target of all samples. */
const read = new Map<string, { features: Float32Array; target: Float32Array }>();
const refused = new Map<string, string>();
/** The walk through the command line. */
let walk: { evaluation: { metrics: Record<string, number>; samples: number }; predictions: { output: number[] }[] };

/** A design on a file, that anything about it but the data does not matter of. */
function designOn(path: string, format: TableFormat = {}): LoomDocument {
  const template = findTemplate('iris-mlp');
  if (template === undefined) throw new Error('no template');
  const document = template.create();
  return {
    ...document,
    data: {
      ...DEFAULT_DATA,
      split: { validation: 0, test: 0, stratify: false, seed: 1 },
      source: { kind: 'csv', path, columns: {}, missing: 'meanOrMode', format },
    },
  };
}

/** Writes the program of a design on this file, and notes what the app reads. */
async function prepare(name: string, path: string, format?: TableFormat): Promise<object[]> {
  const document = documentSchema.parse(designOn(path, format));
  const dataset = await loadDataset(document.data, null).catch((thrown: unknown) => {
    if (!(thrown instanceof ProblemError)) throw thrown;
    refused.set(name, thrown.problem.code);
    return null;
  });
  if (dataset === null) return [];
  const [, field] = dataset.description.summary.fields;
  read.set(name, {
    features: dataset.fields.features?.data ?? new Float32Array(),
    target: dataset.fields[field?.name ?? '']?.data ?? new Float32Array(),
  });
  const [program] = await kerasCodeFiles({ document, baseDir: null, stored: null });
  const script = join(folder, `${name.replaceAll(/\W/g, '_')}.py`);
  writeFileSync(script, program?.bytes ?? '');
  return [{ key: name, kind: 'read', script, out: `${script}.tensors` }];
}

/** Holes of every kind, decimal commas, units, numbering, comments and spellings in one file. */
function plants(): { text: string; rows: Record<string, string>[] } {
  const kinds = ['oak', 'elm', 'New York ash'];
  const rows = Array.from({ length: 90 }, (_, i) => {
    const kind = i % 3;
    const noise = ((i * 37) % 19) / 10;
    return {
      No: String(i + 1),
      height:
        i % 11 === 4
          ? (['-', 'n.d.', ''][i % 3] ?? '')
          : `${(1204 + kind * 900 + noise * 90).toFixed(2)}`.replace('.', ','),
      width: `${(kind * 2 + noise).toFixed(1).replace('.', ',')} cm`,
      soil: i % 13 === 6 ? 'NA' : (['sand', 'clay', 'clay', 'wet  loam', 'wet loam'][i % 5] ?? ''),
      class: kinds[kind] ?? '',
    };
  });
  const lines = rows.map((row) => Object.values(row).join(';'));
  return { text: `# measured in May\r\nNo;height;width;soil;class\r\n${lines.join('\r\n')}\r\n`, rows };
}

/** The same with rows before, between and behind: of a class that comes first by name, of the known ones, and far outside their range. */
function grownPlants(): string {
  const [comment, heading, ...lines] = plants().text.trimEnd().split('\r\n');
  const more = Array.from({ length: 30 }, (_, i) => `${900 + i};98765,${i};77,7 cm;sand;${i % 2 ? 'alder' : 'oak'}`);
  const middle = lines.toSpliced(40, 0, ...more.slice(10, 20));
  return `${[comment, heading, ...more.slice(0, 10), ...middle, ...more.slice(20)].join('\r\n')}\r\n`;
}

/** CSV with holes → train → evaluate → predict → export, as one walks it on the command line. */
async function walkThrough(): Promise<object[]> {
  const home = join(folder, 'walk');
  mkdirSync(home);
  const run = async (...args: string[]) => {
    const ended = await layerloom([...args, '--json'], { home });
    if (ended.code !== 0) throw new Error(`layerloom ${args.join(' ')}: ${ended.stderr}`);
    return JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '');
  };
  const { text, rows } = plants();
  writeFileSync(join(home, 'plants.csv'), text);
  await run('new', 'iris-mlp', '-o', 'plants.loom');
  const design = JSON.parse(readFileSync(join(home, 'plants.loom'), 'utf8'));
  design.data.source = { kind: 'csv', path: 'plants.csv', columns: {}, missing: 'meanOrMode' };
  for (const node of Object.values<{ type: string; params: Record<string, unknown> }>(
    design.graphs[design.root].nodes,
  )) {
    // height, width, and soil as sand, clay and wet loam
    if (node.type === 'Input') node.params.shape = [5];
  }
  writeFileSync(join(home, 'plants.loom'), JSON.stringify(design));
  await run('train', 'plants.loom', '--epochs', '12', '--backend', 'cpu', '--out', 'run');
  writeFileSync(join(home, 'rows.json'), JSON.stringify(rows.map(({ class: _, ...row }) => row)));
  walk = {
    evaluation: await run('evaluate', 'run', '--split', 'test'),
    predictions: await run('predict', 'run', '--input', 'rows.json'),
  };
  await run('export', 'run', '--to', 'keras', '-o', 'trained.keras');
  await run('export', 'run', '--to', 'keras-code', '-o', 'program.py');
  const [script, later] = [join(home, 'program.py'), join(home, 'later.py')];
  const [table, content] = [join(home, 'plants.csv'), grownPlants()];
  writeFileSync(table, content);
  await run('export', 'run', '--to', 'keras-code', '-o', 'later.py');
  writeFileSync(table, text);
  return [
    { key: 'walk', kind: 'walk', script, model: join(home, 'trained.keras'), out: `${script}.tensors` },
    { key: 'exported before', kind: 'grown', script, table, content, out: `${script}.grown.tensors` },
    { key: 'exported later', kind: 'grown', script: later, table, content, out: `${later}.tensors` },
  ];
}

const tensorsOf = (script: string) => readSafetensors(readFileSync(`${script}.tensors`)).tensors;
const scriptOf = (name: string) => join(folder, `${name.replaceAll(/\W/g, '_')}.py`);
const fieldFiles = readdirSync(CASES).flatMap((kind) =>
  readdirSync(join(CASES, kind))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => `${kind}/${name}`),
);

beforeAll(async () => {
  const executable = process.env.LAYERLOOM_PYTHON;
  if (executable === undefined)
    throw new Error('LAYERLOOM_PYTHON must name a Python with test/parity/requirements.txt.');
  execFileSync(process.execPath, ['-e', "import('./build/build.mjs').then((m) => m.ensureBuilt(['node']))"], {
    cwd: ROOT,
  });
  const tasks: { key: string }[] = [];
  const add = (made: object[]) => tasks.push(...(made as { key: string }[]));
  for (const name of fieldFiles) add(await prepare(name, join(CASES, name)));
  const written: (readonly [name: string, content: string | Uint8Array, format?: TableFormat])[] = [
    ['units set by hand', amountsText(SCORES), { units: ['%', '/100'] }],
    ...WAYS.map(([name, content]) => [name, content] as const),
    ...AMOUNTS.map(([name, cells]) => [name, amountsText(cells)] as const),
    ...Array.from({ length: RANDOM }, (_, seed) => [`random ${seed}`, randomTable(seed)] as const),
  ];
  for (const [name, content, format] of written) {
    const path = join(folder, `${name.replaceAll(/\W/g, '_')}.csv`);
    writeFileSync(path, content);
    add(await prepare(name, path, format));
  }
  add(await walkThrough());
  writeFileSync(join(folder, 'tasks.json'), JSON.stringify(tasks));
  const script = join(import.meta.dirname, 'tables.py');
  const printed = execFileSync(executable, [script, join(folder, 'tasks.json')], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const results = JSON.parse(printed.slice(printed.lastIndexOf('\n[{') + 1)) as Outcome[];
  tasks.forEach(({ key }, i) => {
    const result = results[i];
    if (result !== undefined) outcomes.set(key, result);
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the app reads of a table is what its program reads, row by row. */
function expectSame(name: string): void {
  const outcome = outcomes.get(name);
  const own = read.get(name);
  expect([name, outcome?.error]).toEqual([name, undefined]);
  const tensors = tensorsOf(scriptOf(name));
  const features = tensors.get('features');
  const target = Array.from(tensors.get('target0')?.data ?? [], Number);
  const width = features?.shape[1] ?? 0;
  expect([name, outcome?.rows, own?.features.length]).toEqual([name, own?.target.length, (outcome?.rows ?? 0) * width]);
  expect([name, target]).toEqual([name, [...(own?.target ?? [])]]);
  const theirs = Array.from(features?.data ?? [], Number);
  // Mean and deviation are summed in another order.
  const apart = theirs.flatMap((value, i) => {
    const ours = own?.features[i] ?? Number.NaN;
    return Math.abs(value - ours) <= 1e-5 * Math.max(1, Math.abs(ours))
      ? []
      : [{ row: Math.floor(i / width), value, ours }];
  });
  expect([name, apart]).toEqual([name, []]);
}

describe('the exported program reads the very same table', () => {
  it.each(fieldFiles)('%s', (name) => {
    expect(refused.get(name)).toBeUndefined();
    expectSame(name);
  });

  it.each(WAYS.map(([name]) => name))('%s', (name) => {
    expect(refused.get(name)).toBeUndefined();
    expectSame(name);
  });

  it.each(AMOUNTS.map(([name]) => name))('amounts: %s', (name) => {
    expect(refused.get(name)).toBeUndefined();
    expectSame(name);
  });

  it('units set by hand', () => {
    expect([...(read.get('units set by hand')?.features ?? [])].length).toBe(SCORES.length);
    expectSame('units set by hand');
  });

  it(`${RANDOM} random tables`, () => {
    const names = Array.from({ length: RANDOM }, (_, seed) => `random ${seed}`);
    const readable = names.filter((name) => read.has(name));
    // What cannot be trained with is refused in words; nearly all can.
    expect(readable.length).toBeGreaterThan(0.9 * RANDOM);
    for (const name of readable) expectSame(name);
  });
});

describe('CSV with holes → train → evaluate → export → run the program', () => {
  it('is equal in the app and in the program, row by row', () => {
    const outcome = outcomes.get('walk');
    expect(outcome?.error).toBeUndefined();
    expect(outcome?.rows).toBe(90);
    const tensors = tensorsOf(join(folder, 'walk', 'program.py'));
    const predictions = Array.from(tensors.get('predictions')?.data ?? [], Number);
    const ours = walk.predictions.flatMap(({ output }) => output);
    expect(ours).toHaveLength(90 * 3);
    const apart = ours.map((value, i) => Math.abs(value - (predictions[i] ?? Number.NaN)));
    expect(Math.max(...apart)).toBeLessThan(1e-5);
    // Answers that are all the same would agree whatever the rows.
    expect(new Set(ours.map((value) => value.toFixed(3))).size).toBeGreaterThan(50);
    // The targets are the file's: oak, elm and ash in turn, in the classes' natural order.
    const classes = ['elm', 'New York ash', 'oak'];
    expect(Array.from(tensors.get('targets')?.data ?? [], Number)).toEqual(
      plants().rows.map((row) => classes.indexOf(row.class ?? '')),
    );
  });

  it.each([
    ['exported before', 'program.py.grown'],
    ['exported later', 'later.py'],
  ])('%s rows came to the file, it goes on with the run’s own in their parts', (key, file) => {
    expect(outcomes.get(key)?.error).toBeUndefined();
    const [before, after] = ['program.py', file].map((name) => tensorsOf(join(folder, 'walk', name)));
    for (const name of ['train_x', 'train_y', 'validation_x', 'validation_y', 'test_x', 'test_y']) {
      const [was, is] = [before?.get(name), after?.get(name)];
      expect(was?.data.length).toBeGreaterThan(5);
      expect([name, is?.shape, is?.data]).toEqual([name, was?.shape, was?.data]);
    }
    expect(outcomes.get(key)?.printed).toContain('Rows that the run did not have, in no part: 30.');
  });

  it('evaluates the same test rows to the same figures', () => {
    const outcome = outcomes.get('walk');
    const { metrics, samples } = walk.evaluation;
    expect(tensorsOf(join(folder, 'walk', 'program.py')).get('test_x')?.shape[0]).toBe(samples);
    expect(metrics.accuracy).toBeCloseTo(outcome?.metrics.accuracy ?? Number.NaN, 6);
    expect(metrics.loss).toBeCloseTo(outcome?.metrics.loss ?? Number.NaN, 5);
    expect(outcome?.printed).toMatch(/^test accuracy: \d/m);
  });
});
