import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDataset, loadDataset, restorePreprocess } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../../core/document/index.ts';
import { ProblemError } from '../../../core/errors.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-csv-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

type CsvSource = Extract<DataSettings['source'], { kind: 'csv' }>;
const all = { validation: 0, test: 0, stratify: true, seed: 1 };

async function csv(
  content: string | Uint8Array,
  source: Partial<CsvSource> = {},
  more: Partial<DataSettings> = {},
): Promise<DataSettings> {
  await writeFile(join(dir, 'data.csv'), content);
  return {
    ...DEFAULT_DATA,
    scaling: 'none',
    split: all,
    ...more,
    source: { kind: 'csv', path: 'data.csv', columns: {}, missing: 'dropRow', ...source },
  };
}

async function problemOf(
  content: string | Uint8Array,
  source: Partial<CsvSource> = {},
  more: Partial<DataSettings> = {},
) {
  const error = await loadDataset(await csv(content, source, more), dir).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem;
}

const roles = (columns: readonly { name: string; role: string; kind: string }[]) =>
  Object.fromEntries(columns.map((column) => [column.name, `${column.role} ${column.kind}`]));

describe('reading', () => {
  it('finds delimiter, heading, quotes, BOM and Windows line ends', async () => {
    const text = '\uFEFFname;size;"the; class"\r\n"a;b";1,5;yes\r\n"say ""hi""";2;no\r\n"a;b";,5;yes\r\n';
    const { description, fields, sampleAt } = await loadDataset(await csv(text), dir);
    expect(roles(description.columns)).toEqual({
      name: 'feature categorical',
      size: 'feature numeric',
      'the; class': 'target categorical',
    });
    expect(description.summary.fields[1]).toMatchObject({ name: 'label', classes: ['no', 'yes'] });
    // One-hot of ['a;b', 'say "hi"'], then the size.
    expect(Array.from(fields.features?.data ?? [])).toEqual([1, 0, 1.5, 0, 1, 2, 1, 0, 0.5]);
    expect(await sampleAt(1)).toEqual({
      id: 1,
      target: 'no',
      image: null,
      row: { name: 'say "hi"', size: '2', 'the; class': 'no' },
    });
  });

  it('reads tabs, UTF-16, Windows-1252 and a file without a heading', async () => {
    const tabs = await loadDataset(await csv('1\t2\tx\n3\t4\ty\n'), dir);
    expect(tabs.description.columns.map((column) => column.name)).toEqual(['column_1', 'column_2', 'column_3']);
    expect(tabs.description.summary.samples).toBe(2);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('größe,art\n1,ä\n2,ö\n', 'utf16le')]);
    expect((await loadDataset(await csv(utf16), dir)).description.columns[0]?.name).toBe('größe');
    const windows = Buffer.from('größe,art\n1,ä\n2,ö\n', 'latin1');
    expect((await loadDataset(await csv(windows), dir)).description.summary.fields[1]?.classes).toEqual(['ä', 'ö']);
  });

  it('keeps columns whose heading numbers them, and renames doubles', async () => {
    const numbered = await loadDataset(await csv('0,1,2\n5,6,a\n7,8,b\n'), dir);
    expect(numbered.description.columns.map((column) => column.name)).toEqual(['0', '1', '2']);
    const doubles = await loadDataset(await csv('x,x,y\n5,6,a\n7,8,b\n'), dir);
    expect(doubles.description.columns.map((column) => column.name)).toEqual(['x', 'x_2', 'y']);
    expect(doubles.description.problems.map((problem) => problem.code)).toEqual(['csv-duplicate-column']);
  });

  it('fills short rows up and says which', async () => {
    const { description } = await loadDataset(await csv('a,b,y\n1,2,p\n3\n4,5,q,9\n6,7,p\n'), dir);
    const ragged = description.problems.find((problem) => problem.code === 'csv-ragged');
    expect(ragged?.message).toBe(
      '2 of 4 rows have not 3 cells; the first is row 2 with 1. Missing cells count as missing values, surplus cells are left out.',
    );
    expect(description.summary.samples).toBe(3);
  });
});

describe('columns', () => {
  it('prefers a column called like a target, and leaves numbering and free text out', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i + 1},note ${i * 7},${i % 3},${i * 0.5}`);
    const { description } = await loadDataset(await csv(`id,note,species,w\n${rows.join('\n')}\n`), dir);
    expect(roles(description.columns)).toEqual({
      id: 'ignore numeric',
      note: 'ignore categorical',
      species: 'target categorical',
      w: 'feature numeric',
    });
    expect(description.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['id-column', 'info'],
      ['free-text-column', 'info'],
    ]);
    expect(description.summary.fields[1]?.classes).toEqual(['0', '1', '2']);
  });

  it('takes whole numbers 0..k as classes and other numbers as a regression target, unscaled', async () => {
    const settings = await csv('x,price\n1,10.5\n2,20.25\n3,-4\n4,1e2\n', {}, { scaling: 'standardise' });
    const { description, fields, targetText } = await loadDataset(settings, dir);
    expect(description.summary.fields[1]).toMatchObject({ name: 'price', role: 'target', shape: [1] });
    expect(Array.from(fields.price?.data ?? [])).toEqual([10.5, 20.25, -4, 100]);
    expect(targetText(20.25)).toBe('20.25');
    expect(description.classBalance).toEqual([]);
    const many = await loadDataset(await csv('x,n\n1,10\n2,2\n3,10\n4,2\n'), dir);
    expect(many.description.summary.fields[1]?.classes).toBeUndefined();
  });

  it('follows the document where it names columns', async () => {
    const columns = {
      y: { role: 'feature', kind: 'categorical' },
      gone: { role: 'feature', kind: 'numeric' },
    } as const;
    const { description } = await loadDataset(await csv('y,x\n1,0.5\n2,0.25\n10,0.125\n', { columns }), dir);
    expect(roles(description.columns)).toEqual({ y: 'feature categorical', x: 'target numeric' });
    expect(description.columns.map((column) => column.inferred)).toEqual([false, true]);
    expect(description.summary.fields[0]?.shape).toEqual([3]);
    expect(description.problems.map((problem) => problem.code)).toEqual(['column-not-found']);
  });

  it('sorts classes naturally', async () => {
    const { description } = await loadDataset(await csv('x,y\n1,c10\n2,c2\n3,C1\n4,c1\n'), dir);
    expect(description.summary.fields[1]?.classes).toEqual(['c1', 'C1', 'c2', 'c10']);
  });
});

describe('missing and broken values', () => {
  const holes = 'a,b,y\n1,u,p\n,v,p\n3,,q\n5,v,q\nNaN,v,p\n9,v,\n';

  it('leaves rows with holes out', async () => {
    const { description, sampleAt } = await loadDataset(await csv(holes), dir);
    expect(description.summary.samples).toBe(2);
    expect((await sampleAt(1)).id).toBe(3);
    expect(description.problems[0]?.message).toBe(
      '4 of 6 rows have missing values (a 2, b 1, y 1) and are left out; 2 remain.',
    );
  });

  it('fills with mean and most frequent value of the training part', async () => {
    const settings = await csv(holes, { missing: 'meanOrMode' });
    const { description, fields, preprocess } = await loadDataset(settings, dir);
    expect(description.summary.samples).toBe(5);
    // Mean of 1, 3, 5; most frequent of u, v, v, v. The row without a target is out.
    expect(Array.from(fields.features?.data ?? [])).toEqual([1, 1, 0, 3, 0, 1, 3, 0, 1, 5, 0, 1, 3, 0, 1]);
    expect(Array.from(preprocess([{ b: 'u' }]).features?.data ?? [])).toEqual([3, 1, 0]);
    // A value that only the validation part has does not move the mean.
    const rows = Array.from({ length: 40 }, (_, i) => `${i === 0 ? 1e6 : i % 2},${i % 2 ? 'p' : 'q'}`);
    for (let seed = 0; ; seed++) {
      const split = { validation: 0.5, test: 0, stratify: true, seed };
      const big = await loadDataset(await csv(`a,y\n${rows.join('\n')}\n`, { missing: 'meanOrMode' }, { split }), dir);
      if (!big.splits.validation.includes(0)) continue;
      expect(big.preprocess([{ a: null }]).features?.data[0]).toBeLessThanOrEqual(1);
      break;
    }
  });

  it('refuses holes when told to, but still shows the columns', async () => {
    const settings = await csv(holes, { missing: 'error' });
    await expect(loadDataset(settings, dir)).rejects.toThrow(/4 of 6 rows have missing values .*“a” in row 2/);
    const description = await describeDataset(settings, dir);
    expect(description.columns.map((column) => column.missing)).toEqual([2, 1, 1]);
    expect(description.summary.fields).toEqual([]);
  });

  it('counts text and infinity in a number column as missing, with the first row and text', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i === 16 ? 'abc' : i === 30 ? 'inf' : i + 0.5},${i % 2 ? 'p' : 'q'}`,
    );
    const { description, fields } = await loadDataset(await csv(`a,y\n${rows.join('\n')}\n`), dir);
    const problem = description.problems.find(({ code }) => code === 'text-in-number-column');
    expect(problem?.severity).toBe('warning');
    expect(problem?.message).toContain('2 of its 60 cells are not a finite number; the first is “abc” in row 17.');
    expect(description.columns[0]).toMatchObject({ kind: 'numeric', invalid: 2, missing: 0 });
    expect(description.summary.samples).toBe(58);
    expect(fields.features?.data.every(Number.isFinite)).toBe(true);
  });

  it('warns of constant columns and scales them to 0', async () => {
    const settings = await csv('a,b,y\n7,1,p\n7,2,q\n7,3,p\n', {}, { scaling: 'standardise' });
    const { description, fields } = await loadDataset(settings, dir);
    expect(description.problems.map(({ code }) => code)).toEqual(['constant-column']);
    expect(fields.features?.data[0]).toBe(0);
  });

  it('scales by hand arithmetic', async () => {
    const text = 'a,y\n2,p\n4,q\n6,p\n8,q\n';
    const standard = await loadDataset(await csv(text, {}, { scaling: 'standardise' }), dir);
    // mean 5, population deviation sqrt(5)
    const expected = [-3, -1, 1, 3].map((v) => Math.fround(v / Math.sqrt(5)));
    expect(Array.from(standard.fields.features?.data ?? [])).toEqual(expected);
    const minmax = await loadDataset(await csv(text, {}, { scaling: 'minmax' }), dir);
    expect(Array.from(minmax.fields.features?.data ?? [])).toEqual([0, 1 / 3, 2 / 3, 1].map(Math.fround));
  });
});

describe('bad input', () => {
  it('says what is wrong with it', async () => {
    expect((await problemOf('')).code).toBe('data-no-rows');
    expect((await problemOf('a,b,y\n')).message).toMatch(/has a heading \(a, b, y\) but not one row/);
    expect((await problemOf('a,y\n1,p\n2,p\n')).code).toBe('one-class');
    expect((await problemOf('a,y\n1,"p\n2,q\n')).code).toBe('csv-quotes');
    expect((await problemOf('y\np\nq\n')).code).toBe('no-features');
    const columns = { a: { role: 'feature', kind: 'numeric' }, y: { role: 'ignore', kind: 'numeric' } } as const;
    expect((await problemOf('a,y\n1,p\n2,q\n', { columns })).code).toBe('no-target');
    expect((await problemOf('a,b,y\n,1,p\n2,,q\n')).code).toBe('no-rows-left');
    const text = { a: { role: 'feature', kind: 'numeric' } } as const;
    expect((await problemOf('a,y\nu,p\nv,q\n', { columns: text })).code).toBe('column-not-numeric');
    const many = Array.from({ length: 1001 }, (_, i) => `${i % 7},name${i}`).join('\n');
    const problem = await problemOf(`a,y\n${many}\n`);
    expect(problem.code).toBe('too-many-classes');
    expect(problem.message).toContain('1,001 different values');
    const split = { validation: 0.6, test: 0.4, stratify: true, seed: 1 };
    expect((await problemOf('a,y\n1,p\n2,q\n', {}, { split })).code).toBe('split-leaves-no-training');
  });

  it('tells files that are no CSV', async () => {
    expect((await problemOf(Buffer.from('504b030414000600', 'hex'))).message).toContain('an Excel workbook');
    expect((await problemOf(Buffer.from('a,b\0\u0001,c\n'))).code).toBe('data-binary');
    const settings = await csv('a,y\n1,p\n2,q\n');
    const elsewhere = (path: string): DataSettings => ({
      ...settings,
      source: { kind: 'csv', path, columns: {}, missing: 'dropRow' },
    });
    await expect(loadDataset(elsewhere('gone.csv'), dir)).rejects.toThrow(/There is no file “.*gone.csv”/);
    await expect(loadDataset(elsewhere('.'), dir)).rejects.toThrow(/is a folder/);
    await expect(loadDataset(elsewhere('data.csv'), null)).rejects.toThrow(/has not been saved yet/);
    await truncate(join(dir, 'data.csv'), 600 * 1024 * 1024);
    await expect(loadDataset(settings, dir)).rejects.toThrow(/has 600 MiB; at most 512 MiB/);
    await expect(loadDataset({ ...settings, source: { kind: 'none' } }, dir)).rejects.toThrow(/no data yet/);
  });
});

describe('preprocess', () => {
  it('treats new rows like the training data, also when restored from JSON', async () => {
    const text = 'size,colour,y\n2,red,p\n4,blue,q\n6,red,p\n8,blue,q\n';
    const dataset = await loadDataset(await csv(text, {}, { scaling: 'minmax' }), dir);
    const restored = restorePreprocess(JSON.parse(JSON.stringify(dataset.scaler)));
    for (const preprocess of [dataset.preprocess, restored]) {
      const { features } = preprocess([{ size: 5, colour: 'red', other: 1 }, ['2', 'blue']]);
      expect(features?.shape).toEqual([3]);
      expect(Array.from(features?.data ?? [])).toEqual([0.5, 0, 1, 0, 1, 0]);
    }
    expect(() => restored([{ size: 5 }])).toThrow('Sample 1 has no value for “colour”');
    expect(() => restored([{ size: 5, colour: 'green' }])).toThrow(/“green” .* It knows: blue, red/);
    expect(() => restored([[5]])).toThrow('Sample 1 has 1 values, but the model reads 2: size, colour.');
    expect(() => restored([{ size: 'wide', colour: 'red' }])).toThrow(/not a finite number/);
    expect(() => restored([7])).toThrow(/is 7, not an object with the columns size, colour/);
    expect(() => restorePreprocess({ kind: 'nothing' })).toThrow(/damaged/);
  });
});
