import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDataset, loadDataset } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA, type TableFormat } from '../../../core/document/index.ts';
import { AMOUNTS, amountsText } from './tableTexts.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-amounts-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function settings(content: string, format: TableFormat = {}): Promise<DataSettings> {
  await writeFile(join(dir, 'data.csv'), content);
  return {
    ...DEFAULT_DATA,
    scaling: 'none',
    split: { validation: 0, test: 0, stratify: false, seed: 1 },
    source: { kind: 'csv', path: 'data.csv', columns: {}, missing: 'meanOrMode', format },
  };
}

const read = async (content: string, format?: TableFormat) => describeDataset(await settings(content, format), dir);
const load = async (content: string) => loadDataset(await settings(content), dir);

describe('amounts', () => {
  it.each(AMOUNTS)('%s', async (_, cells, numbers) => {
    const { description, fields } = await load(amountsText(cells));
    expect(description.columns[0]).toMatchObject({ kind: 'numeric', invalid: 0, missing: 0 });
    expect([...(fields.features?.data ?? [])]).toEqual(numbers.map(Math.fround));
  });

  it('what is decided has its reason, and can be set', async () => {
    const lettered = ['1.2M', '900K', '3k', '70'];
    const found = await read(amountsText(lettered));
    expect(found.reading).toMatchObject({ magnitudes: true, parentheses: false });
    expect(found.reading?.why.magnitudes).toContain('“1.2M”');
    const told = await read(amountsText(lettered), { magnitudes: false });
    expect(told.reading).toMatchObject({ magnitudes: false, why: { magnitudes: 'Set by hand.' } });
    expect(told.columns[0]).toMatchObject({ kind: 'categorical' });
    const all = amountsText(['(5)', '(6)', '(7)', '(8)']);
    // All alike in parentheses are no losses, unless somebody says so.
    expect((await read(all)).columns[0]).toMatchObject({ kind: 'categorical' });
    expect((await read(all, { parentheses: true })).columns[0]).toMatchObject({ min: -8, max: -5 });
  });

  it('a new sample is read alike', async () => {
    const { preprocess } = await load(amountsText(['($1.2M)', '$3M', '$900K', '($20k)', '$5', '$7M']));
    expect([...(preprocess([{ amount: '($2k)' }, { amount: '1M' }]).features?.data ?? [])]).toEqual([-2000, 1e6]);
  });
});
