import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCsv } from '../../../core/data/csv/readCsv.ts';
import { loadDataset } from '../../../core/data/node.ts';
import { DEFAULT_DATA } from '../../../core/document/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a target column called __proto__ is read under a name that can be kept, and said so', async () => {
  const path = join(folder, 'proto.csv');
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${i * 2},${i % 3 === 0 ? 'a' : 'b'}`);
  await writeFile(path, `x,constructor,__proto__\n${rows.join('\n')}\n`);
  const dataset = await loadDataset(
    {
      ...DEFAULT_DATA,
      source: { kind: 'csv', path, columns: { proto: { role: 'target', kind: 'categorical' } }, missing: 'dropRow' },
    },
    null,
  );
  const { summary, problems } = dataset.description;
  expect(problems.map(({ message }) => message).join()).toContain('No column can be called “__proto__”');
  const target = summary.fields.find(({ role }) => role === 'target');
  expect(target).toMatchObject({ classes: ['a', 'b'] });
  expect((await dataset.sampleAt(3)).row).toMatchObject({ proto: 'a', constructor: '6' });
});

it('20,000 columns of one name are told apart, and a few of them told of', () => {
  const table = readCsv(
    `${Array.from({ length: 20_000 }, () => 'x').join(',')}\n${'1,'.repeat(19_999)}1\n`,
    'wide.csv',
  );
  expect(new Set(table.columns.map(({ name }) => name)).size).toBe(20_000);
  expect(table.columns.at(-1)?.name).toBe('x_20000');
  expect(table.problems.length).toBeLessThan(20);
});
