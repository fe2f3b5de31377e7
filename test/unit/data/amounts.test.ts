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
const load = async (content: string, format?: TableFormat) => loadDataset(await settings(content, format), dir);

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

  it('signs and units can be set, in place of those found', async () => {
    // Two currencies are no numbers of one kind, and a number after a slash is no unit that is looked for.
    const euros = amountsText(['€ 5', '€ 7.5', '$ 3', '12', '€ 1']);
    expect((await read(euros)).columns[0]).toMatchObject({ kind: 'categorical' });
    const told = await read(euros, { units: ['€', '%'] });
    expect(told.columns[0]).toMatchObject({ kind: 'categorical' });
    const scores = amountsText(['5/100', '70/100', '33', '12/100']);
    expect((await read(scores)).columns[0]).toMatchObject({ kind: 'categorical' });
    const { description, fields, preprocess } = await load(scores, { units: ['%', '/100'] });
    expect(description.reading).toMatchObject({ units: ['/100'], why: { units: 'Set by hand.' } });
    expect([...(fields.features?.data ?? [])]).toEqual([5, 70, 33, 12]);
    expect([...(preprocess([{ amount: '8/100' }]).features?.data ?? [])]).toEqual([8]);
    const kilos = amountsText(['5 kg', '6 kg', '7 kg']);
    const found = await read(kilos);
    expect(found.reading).toMatchObject({ units: ['kg'], why: { units: expect.stringContaining('“kg”') } });
    expect((await read(kilos, { units: [] })).columns[0]).toMatchObject({ kind: 'categorical' });
  });

  it('a new sample is read alike', async () => {
    const { preprocess } = await load(amountsText(['($1.2M)', '$3M', '$900K', '($20k)', '$5', '$7M']));
    expect([...(preprocess([{ amount: '($2k)' }, { amount: '1M' }]).features?.data ?? [])]).toEqual([-2000, 1e6]);
  });
});
