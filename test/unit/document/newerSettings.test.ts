import { describe, expect, it } from 'vitest';
import { writeKerasCode } from '../../../core/codegen/index.ts';
import { applyCommand } from '../../../core/commands/index.ts';
import {
  diffDocuments,
  emptyDocument,
  type LoomDocument,
  parseDocument,
  serialiseDocument,
} from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { editIn } from '../../edits.ts';

// Choices that this version does not know: the design opens, keeps them word for word, and neither trains nor exports by another.
const iris = findTemplate('iris-mlp')?.create() ?? emptyDocument();
const csv = {
  kind: 'csv',
  path: 'a.csv',
  missing: 'dropRow',
  columns: { 'a.b': { role: 'feature', kind: 'numeric' } },
};

// biome-ignore lint/suspicious/noExplicitAny: tests write what no schema allows.
type Raw = any;
const CASES: readonly (readonly [string, (raw: Raw) => void, string])[] = [
  ['an optimiser', (raw) => (raw.training.optimizer = { name: 'lion', beta1: 0.9, nested: { a: [1] } }), 'lion'],
  ['a backend', (raw) => (raw.training.backend = 'mlx'), 'mlx'],
  ['a data source', (raw) => (raw.data.source = { kind: 'parquet', path: '/a', shards: [1, 2] }), 'parquet'],
  ['a dataset', (raw) => (raw.data.source = { kind: 'builtin', id: 'cifar10' }), 'cifar10'],
  ['a scaling', (raw) => (raw.data.scaling = 'robust'), 'robust'],
  ['what to do with missing values', (raw) => (raw.data.source = { ...csv, missing: 'knn' }), 'knn'],
  [
    'a column role',
    (raw) => (raw.data.source = { ...csv, columns: { 'a.b': { role: 'weight', kind: 'numeric' } } }),
    'weight',
  ],
  [
    'a column kind',
    (raw) => (raw.data.source = { ...csv, columns: { 'a.b': { role: 'target', kind: 'date' } } }),
    'date',
  ],
  [
    'how pictures are read',
    (raw) => (raw.data.source = { kind: 'imageFolder', path: '/p', channels: 'depth', fit: 'stretch' }),
    'depth',
  ],
];

describe.each(CASES)('%s of a newer version', (_, change, name) => {
  const raw = JSON.parse(serialiseDocument(iris));
  change(raw);
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { document } = parsed.value;

  it('opens and is kept word for word through saves and other edits', () => {
    expect(JSON.parse(serialiseDocument(document))).toEqual(raw);
    const again = parseDocument(serialiseDocument(document));
    expect(again.ok && again.value.document).toEqual(document);
    const edited = applyCommand(document, { command: 'setTraining', args: { training: { epochs: 7 } } });
    if (!edited.ok) throw new Error(edited.error.message);
    expect(JSON.parse(serialiseDocument(edited.value.document))).toEqual({
      ...raw,
      training: { ...raw.training, epochs: 7 },
    });
  });

  it('is a problem that names it, and stops training, export and code', () => {
    const found = problemsOf(document);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: 'error', message: expect.stringContaining(`“${name}”`) });
    expect(() => writeKerasCode(document, null)).toThrow(name);
  });

  it('is replaced by the fix, and comes back with undo', () => {
    const fix = problemsOf(document)[0]?.fixes?.[0];
    const fixed = applyCommand(document, editIn(fix));
    if (!fixed.ok) throw new Error(fixed.error.message);
    expect(problemsOf(fixed.value.document)).toEqual([]);
    expect(serialiseDocument(fixed.value.document)).not.toContain(name);
  });
});

function problemsOf(document: LoomDocument) {
  return analyse({ document, dataset: null }).problems.filter(({ code }) => code === 'unknown-setting');
}

it('is told of in the difference of two designs, in its own place', () => {
  const raw = JSON.parse(serialiseDocument(iris));
  raw.data.scaling = 'robust';
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(diffDocuments(iris, parsed.value.document)).toEqual([
    { kind: 'changed', what: 'setting', subject: 'data.scaling', detail: '', before: 'standardise', after: 'robust' },
  ]);
});

it('keeps several at once, and choosing another drops only that one', () => {
  const raw = JSON.parse(serialiseDocument(iris));
  raw.training.optimizer = { name: 'lion' };
  raw.data.scaling = 'robust';
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const chosen = applyCommand(parsed.value.document, {
    command: 'setTraining',
    args: { training: { optimizer: { name: 'adam' } } },
  });
  if (!chosen.ok) throw new Error(chosen.error.message);
  expect(problemsOf(chosen.value.document).map(({ param }) => param)).toEqual(['data.scaling']);
  expect(JSON.parse(serialiseDocument(chosen.value.document)).training.optimizer.name).toBe('adam');
});

it('takes numbers out of bounds and wrong kinds of values for damage', () => {
  for (const change of [
    (raw: Raw) => (raw.training.batchSize = 0),
    (raw: Raw) => (raw.training.backend = 3),
    (raw: Raw) => (raw.training.optimizer = { name: 'sgd', momentum: 7, nesterov: false, weightDecay: 0 }),
  ]) {
    const raw = JSON.parse(serialiseDocument(iris));
    change(raw);
    const parsed = parseDocument(JSON.stringify(raw));
    expect(parsed.ok ? '' : parsed.error.code).toBe('document-invalid');
  }
});

it('an unknown loss opens, is kept, and is a problem with a fix', () => {
  const raw = JSON.parse(serialiseDocument(iris));
  const output: Raw = Object.values(raw.graphs.main.nodes).find((node: Raw) => node.type === 'Output');
  output.params.loss = 'focal';
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(JSON.parse(serialiseDocument(parsed.value.document))).toEqual(raw);
  const problem = analyse({ document: parsed.value.document, dataset: null }).problems.find(
    ({ code }) => code === 'invalid-param',
  );
  expect(problem).toMatchObject({ severity: 'error', message: expect.stringContaining('focal') });
  expect(problem?.fixes).toHaveLength(1);
});

it('settings of an unknown name, at any depth, are kept, said to have no effect, and removed by the fix', () => {
  const raw = JSON.parse(serialiseDocument(iris));
  raw.training.clipNorm = 1;
  raw.training.optimizer.amsgrad = true;
  raw.data.split.groupBy = 'patient';
  raw.data.source = { ...csv, encoding: 'latin1', columns: { 'a.b': { role: 'target', kind: 'numeric', unit: 'cm' } } };
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  let { document } = parsed.value;
  expect(JSON.parse(serialiseDocument(document))).toEqual(raw);
  const found = problemsOf(document);
  expect(found.map(({ severity, param }) => [severity, param])).toEqual([
    ['warning', 'data.source.columns.a.b.unit'],
    ['warning', 'data.source.encoding'],
    ['warning', 'data.split.groupBy'],
    ['warning', 'training.optimizer.amsgrad'],
    ['warning', 'training.clipNorm'],
  ]);
  expect(found.at(-1)?.message).toContain('“clipNorm”');
  for (const { fixes } of found) {
    const fixed = applyCommand(document, editIn(fixes?.at(-1)));
    if (!fixed.ok) throw new Error(fixed.error.message);
    document = fixed.value.document;
  }
  expect(problemsOf(document)).toEqual([]);
  const saved = JSON.parse(serialiseDocument(document));
  expect(saved.training).toEqual(JSON.parse(serialiseDocument(iris)).training);
  expect(saved.data.source.columns['a.b']).toEqual({ role: 'target', kind: 'numeric' });
});

it.each([
  ['clipNorm', { name: 'weightNorm', norm: 2 }],
  ['global_clipnorm', { name: 'globalNorm', norm: 2 }],
  ['clipValue', { name: 'value', limit: 2 }],
])('%s, as Keras’s optimisers call it, is offered as the clipping that it means', (key, clipping) => {
  const raw = JSON.parse(serialiseDocument(iris));
  raw.training[key] = 2;
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const [problem] = problemsOf(parsed.value.document);
  expect(problem?.fixes).toHaveLength(2);
  const fixed = applyCommand(parsed.value.document, editIn(problem?.fixes?.[0]));
  if (!fixed.ok) throw new Error(fixed.error.message);
  expect(fixed.value.document.training).toEqual({ ...iris.training, clipping });
});

it.each([
  ['schedule', 'constant'],
  ['clipping', 'none'],
])('a %s of a newer version is set aside, and without it there is none', (setting, usual) => {
  const raw = JSON.parse(serialiseDocument(iris));
  raw.training[setting] = { name: 'oneCycle', peak: 3 };
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(JSON.parse(serialiseDocument(parsed.value.document))).toEqual(raw);
  expect(problemsOf(parsed.value.document)[0]).toMatchObject({
    severity: 'error',
    message: expect.stringContaining(`use ${usual}`),
  });
});

it('only what is unknown can be dropped', () => {
  for (const path of [
    ['training', 'epochs'],
    ['training', 'nothing'],
    ['graphs', 'main'],
    ['data', 'source', 'kind'],
  ])
    expect(applyCommand(iris, { command: 'dropUnknownSetting', args: { path } }).ok, path.join('.')).toBe(false);
});

it('a choice for each of very many columns is read, told and written in bounded length', () => {
  const raw = JSON.parse(serialiseDocument(iris));
  const columns = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, i) => [`c${i}`, { role: 'weight', kind: 'date' }]),
  );
  raw.data.source = { ...csv, columns };
  const text = JSON.stringify(raw);
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(problemsOf(parsed.value.document).length).toBeLessThan(50);
  expect(JSON.parse(serialiseDocument(parsed.value.document))).toEqual(raw);
  // Quadratic time would take many minutes.
}, 60_000);
