import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataDescription } from '../../../core/data/index.ts';
import {
  dataRecordSchema,
  describeDataset,
  type LoadedDataset,
  loadDataset,
  reopenDataset,
} from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA, type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';

// Small files that people have put before other tools, and what a careful person says they mean. Expected values are arithmetic
// on the cells, done here, or the same numbers in a file that anybody reads.
//
// Elsewhere: 10 with weights and figures, engine/changedData.test.ts · 15 (numbers that an Embedding has no row for), graph/embeddingIndices.test.ts
// · 17 (the default GRU to TensorFlow.js), formats/tfjsSettings.test.ts
const CASES = join(import.meta.dirname, '../../fixtures/field-cases');

function settings(path: string): DataSettings {
  return {
    ...DEFAULT_DATA,
    scaling: 'none',
    split: { validation: 0, test: 0, stratify: false, seed: 1 },
    source: { kind: 'csv', path, columns: {}, missing: 'dropRow' },
  };
}

const open = (folder: string, file: string) => loadDataset(settings(join(CASES, folder, file)), null);
const describeFile = (folder: string, file: string) => describeDataset(settings(join(CASES, folder, file)), null);
const column = (description: DataDescription, name: string) => description.columns.find((one) => one.name === name);
const codes = (description: DataDescription) => description.problems.map(({ code }) => code);

/** The cells of a file as they are, by any separator that stands in no cell. */
function cells(folder: string, file: string, separator: string | RegExp): string[][] {
  const lines = readFileSync(join(CASES, folder, file), 'utf8')
    .trim()
    .split(/\r\n|\r|\n/);
  return lines.map((line) => line.split(separator));
}

function design(folder: string, file: string): LoomDocument {
  const parsed = parseDocument(readFileSync(join(CASES, folder, file), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

describe('01: decimal commas between tabs', () => {
  const folder = '01-decimal-comma-tab';

  it.each(['data.csv', 'control-semicolon.csv'])('%s: numbers that fit weight = 3·length − 2·width', async (file) => {
    const { description, fields } = await open(folder, file);
    expect(description.summary.samples).toBe(30);
    expect(description.reading).toMatchObject({ decimal: ',', thousands: '', heading: true, skip: 0, missing: [] });
    expect(description.reading?.separator).toBe(file === 'data.csv' ? '\t' : ';');
    expect(column(description, 'length')).toMatchObject({ role: 'feature', kind: 'numeric', min: 0.36, max: 9.62 });
    expect(column(description, 'width')).toMatchObject({ role: 'feature', kind: 'numeric', min: 0.12, max: 4.99 });
    expect(column(description, 'weight')).toMatchObject({ role: 'target', kind: 'numeric' });
    const [features, weight] = [fields.features?.data ?? [], fields.weight?.data ?? []];
    for (let i = 0; i < 30; i++) {
      // Each figure is rounded to hundredths: 3 · 0.005 + 2 · 0.005 + 0.005.
      const expected = 3 * (features[2 * i] ?? 0) - 2 * (features[2 * i + 1] ?? 0);
      expect(Math.abs((weight[i] ?? Number.NaN) - expected)).toBeLessThan(0.0301);
    }
  });

  it('both files give the same samples', async () => {
    const [a, b] = [await open(folder, 'data.csv'), await open(folder, 'control-semicolon.csv')];
    expect(a.fields).toEqual(b.fields);
  });

  it('no design beside it trains as one of 29 classes', async () => {
    for (const file of ['design.loom', 'fixes-accepted.loom', 'set-to-numeric.loom']) {
      const document = design(folder, file);
      const description = await describeDataset(document.data, join(CASES, folder));
      expect(description.summary.fields.map(({ role, classes }) => [role, classes])).toEqual([
        ['input', undefined],
        ['target', undefined],
      ]);
      const { problems } = analyse({ document, dataset: description.summary });
      const classifies = /cross/i.test(JSON.stringify(document.graphs));
      // A design that was led to classes earlier is refused now; one for numbers is sound.
      if (classifies) expect(problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
    }
  });
});

describe('03: thousands, currency, European notation, percent', () => {
  const folder = '03-thousands-currency-percent';

  it.each([
    ['thousands.csv', 'price', '', /"([\d,]+)"/, (text: string) => Number(text.replaceAll(',', ''))],
    ['currency.csv', 'price', '$', /"\$([\d,]+)"/, (text: string) => Number(text.replaceAll(',', ''))],
    ['european.csv', 'price', '', /([\d.]+,\d\d)$/, (text: string) => Number(text.replace(/[.,]/g, '')) / 100],
    ['percent.csv', 'rate', '%', /^([\d.]+)%/, Number],
  ] as const)('%s: %s is a number', async (file, name, unit, pattern, value) => {
    const dataset = await open(folder, file);
    const expected = cells(folder, file, '\n')
      .slice(1)
      .map(([line]) => Math.fround(value(pattern.exec(line ?? '')?.[1] ?? '')));
    expect(expected).toHaveLength(30);
    expect(dataset.description.summary.samples).toBe(30);
    expect(column(dataset.description, name)).toMatchObject({ kind: 'numeric', missing: 0, invalid: 0, unit });
    const width = 2;
    const read =
      name === 'price'
        ? [...(dataset.fields.price?.data ?? [])]
        : expected.map((_, i) => dataset.fields.features?.data[i * width]);
    expect(read).toEqual(expected);
  });

  it('the designs beside them read numbers too', async () => {
    for (const file of readdirSync(join(CASES, folder)).filter((name) => name.endsWith('.loom'))) {
      const { data } = design(folder, file);
      const description = await describeDataset(data, join(CASES, folder));
      expect([file, ...description.columns.map(({ kind, invalid }) => `${kind} ${invalid}`)]).toEqual([
        file,
        ...description.columns.map(() => 'numeric 0'),
      ]);
    }
  });
});

describe('04: cells that say “no value”', () => {
  const folder = '04-dash-missing';

  it.each([
    ['dash.csv', '-'],
    ['double-dash.csv', '--'],
    ['nd.csv', 'n.d.'],
    ['unknown.csv', 'unknown'],
    ['div0.csv', '#DIV/0!'],
    ['below.csv', '<0.05'],
  ])('%s: 24 numbers and 6 missing, as with ? in the control', async (file, marker) => {
    const [marked, control] = [await open(folder, file), await open(folder, 'control-question.csv')];
    expect(column(marked.description, 'temp')).toMatchObject({
      role: 'feature',
      kind: 'numeric',
      missing: 6,
      invalid: 0,
    });
    expect(marked.description.reading?.missing).toEqual([marker]);
    expect(marked.description.summary.samples).toBe(24);
    expect(marked.fields).toEqual(control.fields);
    expect(codes(marked.description)).toEqual(['missing-marker', 'rows-dropped']);
  });

  it('a new sample with that text is one without a value', async () => {
    const { source, ...rest } = settings(join(CASES, folder, 'dash.csv'));
    if (source.kind !== 'csv') throw new Error('a CSV source');
    const { preprocess } = await loadDataset({ ...rest, source: { ...source, missing: 'meanOrMode' } }, null);
    expect(preprocess([{ temp: '-', hum: 1 }])).toEqual(preprocess([{ temp: null, hum: 1 }]));
  });
});

describe('05: headings that are numbers', () => {
  const folder = '05-number-headings';

  it('wavelengths are names', async () => {
    const [spectra, control] = [await open(folder, 'spectra.csv'), await open(folder, 'control-text-headings.csv')];
    expect(spectra.description.columns.map(({ name, role }) => `${name} ${role}`)).toEqual([
      '400 feature',
      '402 feature',
      '404 feature',
      '406 feature',
      'class target',
    ]);
    expect(spectra.description.summary.samples).toBe(30);
    expect(spectra.description.summary.fields[1]?.classes).toEqual(['fat', 'oil']);
    expect(spectra.fields).toEqual(control.fields);
  });

  it('years are names', async () => {
    const { description } = await open(folder, 'years.csv');
    expect(description.columns.map(({ name }) => name)).toEqual(['land', '2019', '2020', '2021', 'group']);
    expect(description.summary.samples).toBe(30);
    expect(description.summary.fields[1]?.classes).toEqual(['A', 'B']);
  });
});

describe('07: mixed line ends', () => {
  it.each(['last-line-lf.csv', 'two-files-joined.csv'])('%s: 30 samples, cat and dog', async (file) => {
    const { description, fields } = await open('07-mixed-line-ends', file);
    expect(description.summary.samples).toBe(30);
    expect(description.summary.fields[1]?.classes).toEqual(['cat', 'dog']);
    const expected = cells('07-mixed-line-ends', file, ',').slice(1);
    expect(expected).toHaveLength(30);
    expect([...(fields.label?.data ?? [])]).toEqual(expected.map((row) => (row[2] === 'dog' ? 1 : 0)));
  });
});

describe('09: one value, several spellings', () => {
  const folder = '09-one-point-zero';

  it('1 and 1.0 are one class', async () => {
    const { description, fields } = await open(folder, 'labels.csv');
    expect(description.summary.fields[1]?.classes).toEqual(['0', '1']);
    const expected = cells(folder, 'labels.csv', ',').slice(1);
    expect([...(fields.label?.data ?? [])]).toEqual(expected.map((row) => Number(row[2])));
    expect(codes(description)).toContain('spellings-joined');
  });

  it('the number 2.0 and the text 2.0 are the file’s category 2.0', async () => {
    const { preprocess, scaler } = await loadDataset(
      { ...design(folder, 'codes.loom').data, scaling: 'none' },
      join(CASES, folder),
    );
    expect(scaler).toMatchObject({ columns: [{ values: ['2.0', '3.0', '4.0'] }, { name: 'power' }] });
    const from = (file: string) => preprocess(JSON.parse(readFileSync(join(CASES, folder, file), 'utf8')));
    expect([...(from('new-number.json').features?.data ?? [])]).toEqual([1, 0, 0, 90]);
    expect(from('new-text.json')).toEqual(from('new-number.json'));
  });
});

describe('10: the file was edited after training', () => {
  const folder = '10-data-changed';
  const split: DataSettings['split'] = { validation: 0.2, test: 0.1, stratify: true, seed: 42 };
  const settingsOf = (file: string) => ({ ...settings(join(CASES, folder, file)), split });
  const lines = (file: string) => {
    const [names = [], ...rows] = cells(folder, file, ',');
    return rows.map((row) => ['a', 'b', 'kind'].map((name) => row[names.indexOf(name)]).join(' '));
  };

  /** Each part's rows by their cells. */
  async function reopened(file: string) {
    const before = await loadDataset(settingsOf('at-training.csv'), null);
    const { scaler, description, recordSamples } = before;
    const record = dataRecordSchema.parse({ scaler, summary: description.summary, samples: await recordSamples?.() });
    const { dataset, changes } = await reopenDataset(settingsOf(file), null, record);
    const parts = (of: LoadedDataset, from: string) =>
      (['train', 'validation', 'test'] as const).map((part) =>
        Array.from(of.splits[part], (index) => lines(from)[Number(of.identityOf(index))]),
      );
    return { was: parts(before, 'at-training.csv'), is: parts(dataset, file), dataset, changes };
  }

  it('swapped columns are found by name', async () => {
    const { was, is, dataset, changes } = await reopened('columns-swapped.csv');
    expect(changes).toEqual({ unit: 'row', added: 0, removed: 0, changed: 0 });
    expect(is).toEqual(was);
    const first = lines('columns-swapped.csv')[0]?.split(' ').slice(0, 2).map(Number).map(Math.fround);
    expect([...(dataset.fields.features?.data.slice(0, 2) ?? [])]).toEqual(first);
  });

  it('added rows are in no part, and counted', async () => {
    const { was, is, changes } = await reopened('rows-added.csv');
    expect(changes).toEqual({ unit: 'row', added: 20, removed: 0, changed: 0 });
    expect(is).toEqual(was);
  });

  it('rows of a renamed class are no longer those that were learnt, and counted', async () => {
    const { was, is, dataset, changes } = await reopened('class-renamed.csv');
    const renamed = lines('at-training.csv').filter((line) => line.endsWith(' p')).length;
    expect(changes).toEqual({ unit: 'row', added: 0, removed: 0, changed: renamed });
    expect(is).toEqual(was.map((part) => part.filter((line) => line?.endsWith(' q'))));
    // q stays the second class, though it comes first by name beside zebra.
    expect(dataset.splits.test.length).toBeGreaterThan(2);
    for (const index of dataset.splits.test)
      expect(dataset.targetText(dataset.fields.label?.data[index] ?? -1)).toBe('q');
  });
});

describe('11 and 13: pictures are read, or left out and named', () => {
  const PICTURES = join(CASES, '../pictures');

  it.each([
    ['control', 0],
    ['avif', 1],
    ['animated-webp', 1],
    ['tiff', 1],
    ['damaged', 1],
    ['some-jfif', 0],
    ['all-jfif', 0],
  ])('%s: all but %i', async (folder, left) => {
    const root = join(PICTURES, folder);
    const files = readdirSync(root).flatMap((kind) => readdirSync(join(root, kind)).map((name) => `${kind}/${name}`));
    const { summary, problems } = await describeDataset(
      { ...DEFAULT_DATA, source: { kind: 'imageFolder', path: root, channels: 'colour', fit: 'stretch' } },
      null,
    );
    const named = problems.flatMap(({ facts }) => (Array.isArray(facts?.files) ? facts.files : []));
    expect(named).toHaveLength(left);
    expect(summary.samples + named.length).toBe(files.length);
    for (const name of named) expect(files).toContain(name);
  });
});

describe('18: numbering under any name', () => {
  it.each([
    ['passengerid.csv', 'PassengerId'],
    ['customerid.csv', 'CustomerId'],
    ['sno.csv', 'S.No'],
    ['hash.csv', '#'],
    ['control-id.csv', 'id'],
    ['control-passenger_id.csv', 'passenger_id'],
  ])('%s: %s is left out with a word', async (file, name) => {
    const description = await describeFile('18-id-column', file);
    expect(description.columns.map(({ name: of, role }) => `${of} ${role}`)).toEqual([
      `${name} ignore`,
      'age feature',
      'fare feature',
      'survived target',
    ]);
    expect(description.problems.find(({ code }) => code === 'id-column')?.message).toContain(`“${name}”`);
  });
});
