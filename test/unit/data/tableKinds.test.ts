import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDataset, loadDataset } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../../core/document/index.ts';
import { ProblemError } from '../../../core/errors.ts';
import { editIn } from '../../edits.ts';
import { comma, NUMBERS, SIX, WAYS, written } from './tableTexts.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-kinds-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

type CsvSource = Extract<DataSettings['source'], { kind: 'csv' }>;

async function settings(content: string | Uint8Array, source: Partial<CsvSource> = {}): Promise<DataSettings> {
  await writeFile(join(dir, 'data.csv'), content);
  return {
    ...DEFAULT_DATA,
    scaling: 'none',
    split: { validation: 0, test: 0, stratify: false, seed: 1 },
    source: { kind: 'csv', path: 'data.csv', columns: {}, missing: 'meanOrMode', ...source },
  };
}

async function read(content: string | Uint8Array, source: Partial<CsvSource> = {}) {
  return describeDataset(await settings(content, source), dir);
}

async function load(content: string | Uint8Array, source: Partial<CsvSource> = {}) {
  return loadDataset(await settings(content, source), dir);
}

describe('one table, however it is written', () => {
  it.each(WAYS)('%s', async (_, content, reading) => {
    const { description, fields } = await load(content);
    expect(description.reading).toMatchObject(reading);
    expect(description.columns.map(({ name, role, kind }) => `${name} ${role} ${kind}`)).toEqual([
      'size feature numeric',
      'cost feature numeric',
      'kind target categorical',
    ]);
    expect([...(fields.features?.data ?? [])]).toEqual(NUMBERS);
    expect([...(fields.label?.data ?? [])]).toEqual(SIX.map(([, , kind]) => (kind === 'p' ? 0 : 1)));
    expect(description.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('no heading, with decimal commas', async () => {
    const rows = written(comma, ';').split('\n').slice(1).join('\n');
    const { description, fields } = await load(rows);
    expect(description.reading).toMatchObject({ heading: false, decimal: ',', separator: ';' });
    expect(description.columns.map(({ name }) => name)).toEqual(['column_1', 'column_2', 'column_3']);
    expect([...(fields.features?.data ?? [])]).toEqual(NUMBERS);
  });

  it('names of rows, for which the heading has no name, as R writes them', async () => {
    for (const separator of [',', ' ', '\t']) {
      const rows = SIX.map(([size, cost, kind], i) => [`"row ${i + 1}"`, size, cost, `"${kind}"`].join(separator));
      const text = [['"size"', '"cost"', '"kind"'].join(separator), ...rows].join('\n');
      const { description, fields } = await load(`${text}\n`);
      expect(description.columns.map(({ name, role }) => `${name} ${role}`)).toEqual([
        'row_names ignore',
        'size feature',
        'cost feature',
        'kind target',
      ]);
      expect([...(fields.features?.data ?? [])]).toEqual(NUMBERS);
    }
  });

  it('quotation marks behind the blanks after a separator', async () => {
    const text = '1, "oak, old", p\n2, "elm", q\n3, "oak, old" , p\n4, "say, ""so""", q\n';
    const { description, sampleAt } = await load(`a, note, y\n${text}`);
    expect(description.columns.map(({ name }) => name)).toEqual(['a', 'note', 'y']);
    const notes = await Promise.all([0, 1, 2, 3].map(async (i) => (await sampleAt(i)).row?.note));
    expect(notes).toEqual(['oak, old', 'elm', 'oak, old', 'say, "so"']);
  });

  it('cells with line ends, separators and quotation marks in them', async () => {
    const text = 'note,a,y\r\n"one,\r\ntwo",1,p\r\n"say ""so""",2,q\r\n"one,\r\ntwo",3,p\r\n"say ""so""",4,q\r\n';
    const { description, sampleAt } = await load(text);
    expect(description.summary.samples).toBe(4);
    expect((await sampleAt(0)).row).toEqual({ note: 'one,\ntwo', a: '1', y: 'p' });
    expect((await sampleAt(1)).row?.note).toBe('say "so"');
  });
});

describe('missing markers', () => {
  const numbers = Array.from({ length: 40 }, (_, i) => ((i * 37) % 101) / 4);

  it.each(['-', '–', 'n/d', 'k.A.', '#WERT!', 'not available', '*', '>LOQ', '< 0,5', 'unk', 'zzz'])(
    '“%s” among numbers',
    async (marker) => {
      const rows = numbers.map((n, i) => `${i % 8 === 3 ? marker : n};${n * 2};${i % 2 ? 'p' : 'q'}`);
      const description = await read(`a;b;y\n${rows.join('\n')}\n`);
      expect(description.columns[0]).toMatchObject({ kind: 'numeric', missing: 5, invalid: 0 });
      expect(description.reading?.missing).toEqual([marker]);
      expect(description.problems.map(({ code }) => code)).toEqual(['missing-marker']);
    },
  );

  it('several at once', async () => {
    const markers = ['-', 'n.d.', '#DIV/0!', '', 'NA'];
    const rows = numbers.map((n, i) => `${i % 8 === 3 ? markers[(i - 3) / 8] : n},${i % 2 ? 'p' : 'q'}`);
    const description = await read(`a,y\n${rows.join('\n')}\n`);
    expect(description.columns[0]).toMatchObject({ kind: 'numeric', missing: 5 });
    expect(description.reading?.missing).toEqual(['#DIV/0!', '-', 'NA', 'n.d.']);
  });

  it('no marker where the text is a category among codes', async () => {
    const rows = numbers.map((_, i) => `${['1', '2', '3', 'other'][i % 4]},${i % 2 ? 'p' : 'q'}`);
    const description = await read(`a,y\n${rows.join('\n')}\n`);
    expect(description.columns[0]).toMatchObject({ kind: 'categorical', missing: 0, distinct: 4 });
  });

  it('the design’s own list takes the place of the usual ones', async () => {
    const rows = numbers.map((n, i) => `${i % 8 === 3 ? -999 : n},${i % 2 ? 'none' : 'NA'}`);
    const { description, fields } = await load(`a,y\n${rows.join('\n')}\n`, {
      format: { missing: ['-999'] },
      missing: 'dropRow',
    });
    expect(description.columns[0]).toMatchObject({ kind: 'numeric', missing: 5, min: Math.min(...numbers) });
    expect(description.summary.fields[1]?.classes).toEqual(['NA', 'none']);
    expect([...(fields.features?.data ?? [])]).toEqual(numbers.filter((_, i) => i % 8 !== 3));
  });
});

describe('columns', () => {
  it('dates are left out with a word', async () => {
    for (const date of ['2020-01-%', '%.01.2020', '01/%/2020', '2020-01-%T10:00:00Z', '% Jan 2020']) {
      const rows = Array.from(
        { length: 12 },
        (_, i) => `${date.replace('%', `${i + 10}`)},${i / 2},${i % 2 ? 'p' : 'q'}`,
      );
      const description = await read(`when,a,y\n${rows.join('\n')}\n`);
      expect([date, description.columns[0]?.role, ...description.problems.map(({ code }) => code)]).toEqual([
        date,
        'ignore',
        'date-column',
      ]);
    }
  });

  it('007 is no 7, and capitals are told of', async () => {
    const codes = ['007', '7', '007', '7', 'a', 'A'];
    const { description } = await load(`zip,x,y\n${codes.map((code, i) => `${code},${i / 2},${i % 2}`).join('\n')}\n`);
    expect(description.columns[0]?.values.map(({ value }) => value).sort()).toEqual(['007', '7', 'A', 'a']);
    expect(description.problems.map(({ code }) => code)).toEqual(['case-spellings']);
  });

  it('no part of a number is a unit', async () => {
    for (const [cells, kind, max] of [
      [['1.5E-05', '2.5E-05', '3.5E-05'], 'numeric', 3.5e-5],
      [['1.e5', '2.e5', '3.e5'], 'numeric', 3e5],
      [['1.5D+02', '2.5D+02', '3.5D+02'], 'categorical', null],
      [['1st', '2nd', '3rd'], 'categorical', null],
      [['10:15', '11:15', '12:15'], 'categorical', null],
      [['1.2.3', '1.2.4', '1.2.5'], 'categorical', null],
      [['192.168.0.1', '192.168.0.2', '192.168.0.3'], 'categorical', null],
      [['5 m2', '6 m2', '7 m2'], 'numeric', 7],
      [['5 kg', '600 g', '7 kg'], 'categorical', null],
    ] as const) {
      const { columns } = await read(`a,y\n${cells.map((cell, i) => `${cell},${i % 2}`).join('\n')}\n`);
      expect([cells[0], columns[0]?.kind, columns[0]?.max]).toEqual([cells[0], kind, max]);
    }
  });

  it('every decision comes with a reason', async () => {
    const description = await read(written(comma, ';'));
    for (const why of Object.values(description.reading?.why ?? {})) expect(why).toMatch(/^[A-Z“].*\.$/);
    for (const { why } of description.columns) expect(why).toMatch(/^[A-Z].*\.$/);
    expect(description.reading?.preview[0]).toEqual(['1.5', '1200', 'p']);
  });
});

describe('doubtful readings are told, with a button', () => {
  const source = { kind: 'csv', path: 'data.csv', columns: {}, missing: 'meanOrMode' } as const;
  const problem = async (text: string, code: string, more: Partial<CsvSource> = {}) =>
    (await read(text, more)).problems.find((one) => one.code === code);

  it('1,234 between semicolons, and 1.234', async () => {
    const commas = '1,234;p\n2,345;q\n3,456;p\n';
    const told = await problem(commas, 'number-ambiguous');
    expect(told?.facts).toEqual({ text: '2,345', decimal: ',', thousands: '' });
    expect(told?.fixes?.map((fix) => [fix.label, editIn(fix).args])).toEqual([
      ['The comma groups digits', { data: { source: { ...source, format: { decimal: '.' } } } }],
      ['It is the decimal sign', { data: { source: { ...source, format: { decimal: ',' } } } }],
    ]);
    // Either button settles it.
    for (const [decimal, max] of [
      ['.', 3456],
      [',', 3.456],
    ] as const) {
      const { columns, problems } = await read(commas, { format: { decimal } });
      expect([columns[0]?.max, problems.filter(({ code }) => code === 'number-ambiguous')]).toEqual([max, []]);
    }
    expect((await problem('1.234;p\n2.345;q\n', 'number-ambiguous'))?.fixes?.[0]?.label).toBe('The dot groups digits');
    expect(await problem('1.234,p\n2.345,q\n', 'number-ambiguous')).toBeUndefined();
    expect(await problem('1,234;p\n2,5;q\n', 'number-ambiguous')).toBeUndefined();
  });

  it('a column of numbers and text', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 4 === 3 ? `near ${i}` : i / 4},${i % 2 ? 'p' : 'q'}`);
    const text = `a,y\n${rows.join('\n')}\n`;
    const columns = {
      a: { role: 'feature', kind: 'categorical' },
      y: { role: 'target', kind: 'categorical' },
    } as const;
    // Nearly all different: left out by itself, so nothing needs telling; as a target it must not train.
    expect((await read(text)).columns[0]?.role).toBe('ignore');
    const few = Array.from({ length: 40 }, (_, i) => `${i % 4 === 3 ? `near ${i % 3}` : i % 11},${i % 2 ? 'p' : 'q'}`);
    const told = await problem(`a,y\n${few.join('\n')}\n`, 'numbers-as-categories');
    expect(told?.facts).toMatchObject({ column: 'a', numbers: 30, texts: 10 });
    expect(editIn(told?.fixes?.[0]).args).toEqual({
      data: { source: { ...source, columns: { a: { role: 'feature', kind: 'numeric' } } } },
    });
    expect(await problem(text, 'numbers-as-categories', { columns })).toBeUndefined();
  });

  it('a target of which every row has another value does not train by itself', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i / 2},about ${i}`);
    const text = `a,weight\n${rows.join('\n')}\n`;
    const told = await problem(text, 'target-not-classes');
    expect(told).toMatchObject({ severity: 'error', facts: { column: 'weight', distinct: 30, filled: 30 } });
    expect((await read(text)).summary.fields).toEqual([]);
    const columns = { weight: { role: 'target', kind: 'categorical' } } as const;
    expect((await problem(text, 'target-not-classes', { columns }))?.severity).toBe('warning');
  });

  it('numbers in several units', async () => {
    const cells = (of: readonly string[]) =>
      `a,b,y\n${of.map((cell, i) => `${cell},${i},${i % 2 ? 'p' : 'q'}`).join('\n')}\n`;
    const told = await problem(cells(['5 kg', '600 g', '7 kg', '800 g', '9 kg', '400 g']), 'mixed-units');
    expect(told?.facts).toEqual({ column: 'a', units: ['kg', 'g'] });
    for (const fine of [
      ['5 kg', '6 kg', '7 kg'],
      ['12 Main St', '13 Oak Rd', '15 Elm Way'],
      ['oak', 'elm', '5 kg', '6 g'],
    ])
      expect(await problem(cells(fine), 'mixed-units')).toBeUndefined();
  });

  it('“make it categorical” only where that makes sense', async () => {
    const columns = { a: { role: 'feature', kind: 'numeric' } } as const;
    const fixes = async (cells: readonly string[]) => {
      const rows = cells.map((cell, i) => `${cell},${i % 2 ? 'p' : 'q'}`);
      const told = await problem(`a,y\n${rows.join('\n')}\n`, 'column-not-numeric', { columns });
      return told?.fixes?.map(({ label }) => label);
    };
    expect(await fixes(Array.from({ length: 30 }, (_, i) => (i % 3 ? 'red' : 'blue')))).toEqual([
      'Make it categorical',
    ]);
    expect(await fixes(Array.from({ length: 30 }, (_, i) => `about ${i}`))).toEqual(['Leave it out']);
  });
});

describe('what the design sets holds', () => {
  const text = 'a;b;y\n1,5;2;p\n2,5;3;q\n3,5;4;p\n';

  it('separator, signs, heading, lines before it', async () => {
    const set = await read(text, { format: { separator: '|' } });
    expect(set.columns.map(({ name }) => name)).toEqual(['a;b;y']);
    expect(set.reading).toMatchObject({ separator: '|' });
    expect((await read(text, { format: { heading: false } })).columns.map(({ name }) => name)).toEqual([
      'column_1',
      'column_2',
      'column_3',
    ]);
    expect((await read(text, { format: { decimal: '.' } })).columns[0]?.kind).toBe('categorical');
    expect((await read(text, { format: { skip: 1 } })).summary.samples).toBe(3);
    expect((await read('1,234;p\n2,345;q\n', { format: { decimal: ',' } })).columns[0]?.max).toBe(2.345);
    expect((await read('1,234;p\n2,345;q\n', { format: { decimal: '.' } })).columns[0]?.max).toBe(2345);
  });

  it('what contradicts itself is a sentence', async () => {
    const error = await read(text, { format: { decimal: ',', thousands: ',' } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem.code).toBe('csv-format');
  });
});
