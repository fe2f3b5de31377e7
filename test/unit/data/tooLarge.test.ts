import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDataset, loadDataset } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../../core/document/index.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-large-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('a number that scaling takes beyond 32 bits names its column before training, and the columns are still shown', async () => {
  const seen = { named: 0, held: 0 };
  for (let odd = 0; odd < 20; odd++) {
    const path = join(dir, `${odd}.csv`);
    // In the training part the large number is its own scale; outside it the others, a thousandth apart, are.
    const mass = (row: number) => (row === odd ? '3e38' : String((row % 3) / 1000));
    const rows = Array.from({ length: 20 }, (_, row) => `${row % 5}.5,${mass(row)},${row * 2.25}`);
    await writeFile(path, ['length,mass,price', ...rows].join('\n'));
    const settings: DataSettings = {
      ...DEFAULT_DATA,
      scaling: 'standardise',
      source: { kind: 'csv', path, columns: {}, missing: 'dropRow' },
    };
    const { problems, columns } = await describeDataset(settings, null);
    expect(columns.map(({ name }) => name)).toEqual(['length', 'mass', 'price']);
    const problem = problems.find(({ severity }) => severity === 'error');
    if (problem === undefined) {
      const { fields } = await loadDataset(settings, null);
      expect(fields.features?.data.every(Number.isFinite)).toBe(true);
      seen.held++;
      continue;
    }
    expect(problem).toMatchObject({ code: 'feature-overflow', facts: { column: 'mass' } });
    expect(problem.message).toMatch(/^Column “mass” holds numbers beyond/);
    await expect(loadDataset(settings, null)).rejects.toThrow('Column “mass”');
    seen.named++;
  }
  // Of 20, four for validation and two for test.
  expect(seen).toEqual({ named: 6, held: 14 });
});
