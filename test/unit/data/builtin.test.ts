import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../../core/document/index.ts';

const settings = (id: 'digits' | 'iris' | 'penguins' | 'xor', more: Partial<DataSettings> = {}): DataSettings => ({
  ...DEFAULT_DATA,
  source: { kind: 'builtin', id },
  ...more,
});
const noSplit = { validation: 0, test: 0, stratify: true, seed: 1 };

describe('digits', () => {
  it('has the samples and class counts that scikit-learn states', async () => {
    const { description, fields } = await loadDataset(settings('digits'), null);
    expect(description.summary).toEqual({
      name: 'Digits',
      kind: 'image',
      samples: 1797,
      fields: [
        { name: 'features', role: 'input', shape: [8, 8, 1] },
        { name: 'label', role: 'target', shape: [1], classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] },
      ],
      trainingSamples: 1260,
    });
    const counts = description.classBalance.map((entry) => entry.train + entry.validation + entry.test);
    expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    expect(fields.features?.data.length).toBe(1797 * 64);
    expect(description.attribution).toContain('Alpaydin');
    expect(description.problems).toEqual([]);
  });

  it('starts with the pixels of load_digits().images[0], divided by 16', async () => {
    const { fields, sampleAt } = await loadDataset(settings('digits'), null);
    const first = Array.from(fields.features?.data.subarray(0, 16) ?? [], (v) => v * 16);
    expect(first).toEqual([0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]);
    // load_digits().data.sum() == 561718
    const sum = fields.features?.data.reduce((total, v) => total + v, 0) ?? 0;
    expect(sum * 16).toBe(561718);
    const sample = await sampleAt(0);
    expect(sample).toMatchObject({ id: 0, target: '0', row: null });
    expect(sample.image).toMatchObject({ height: 8, width: 8, channels: 1 });
  });

  it('resizes, and reads new images in the source’s own range and either size', async () => {
    const dataset = await loadDataset(settings('digits', { resize: [16, 12] }), null);
    expect(dataset.description.summary.fields[0]?.shape).toEqual([16, 12, 1]);
    const original = await loadDataset(settings('digits'), null);
    const raw = Array.from(original.fields.features?.data.subarray(0, 64) ?? [], (v) => v * 16);
    const { features } = dataset.preprocess([raw]);
    expect(features?.shape).toEqual([16, 12, 1]);
    expect(features?.data).toEqual(dataset.fields.features?.data.subarray(0, 192));
    expect(() => dataset.preprocess([[1, 2, 3]])).toThrow(/3 numbers/);
  });
});

describe('iris', () => {
  it('has the means of load_iris().data', async () => {
    const { description, fields } = await loadDataset(settings('iris', { scaling: 'none' }), null);
    expect(description.summary.samples).toBe(150);
    const means = description.columns.filter((column) => column.role === 'feature').map((column) => column.mean ?? 0);
    for (const [i, mean] of [5.843333333333334, 3.0573333333333337, 3.758, 1.1993333333333336].entries()) {
      expect(means[i]).toBeCloseTo(mean, 12);
    }
    expect(description.columns.map((column) => column.role)).toEqual([...Array(4).fill('feature'), 'target']);
    expect(description.summary.fields[1]?.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(Array.from(fields.features?.data.subarray(0, 4) ?? [])).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround));
  });

  it('standardises with the statistics of the training part only', async () => {
    const dataset = await loadDataset(settings('iris'), null);
    const data = dataset.fields.features?.data ?? new Float32Array();
    for (let c = 0; c < 4; c++) {
      const values = Array.from(dataset.splits.train, (i) => data[i * 4 + c] ?? 0);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(variance).toBeCloseTo(1, 5);
    }
    const everyone = Array.from({ length: 150 }, (_, i) => data[i * 4] ?? 0);
    expect(Math.abs(everyone.reduce((a, b) => a + b, 0) / 150)).toBeGreaterThan(1e-4);
  });
});

describe('penguins', () => {
  it('leaves 333 complete rows of 344, one-hot islands and sexes', async () => {
    const { description } = await loadDataset(settings('penguins'), null);
    expect(description.summary.samples).toBe(333);
    expect(description.summary.fields).toMatchObject([
      { name: 'features', role: 'input', shape: [9] },
      { name: 'label', role: 'target', shape: [1], classes: ['Adelie', 'Chinstrap', 'Gentoo'] },
    ]);
    // Of palmerpenguins: the range of the whole column lies in complete rows.
    expect(description.summary.fields[0]?.values?.[0]).toMatchObject({
      column: 'bill_length_mm',
      unscaled: { min: 32.1, max: 59.6, whole: false },
    });
    // Complete cases of palmerpenguins: 146, 68, 119.
    expect(description.classBalance.map((entry) => entry.train + entry.validation + entry.test)).toEqual([
      146, 68, 119,
    ]);
    expect(description.columns.map((column) => column.missing)).toEqual([0, 0, 2, 2, 2, 2, 11]);
    expect(description.problems.map((problem) => problem.code)).toEqual(['rows-dropped']);
  });
});

describe('xor', () => {
  it('trains with all four rows when the fractions are 0', async () => {
    const { description, fields, splits } = await loadDataset(
      settings('xor', { scaling: 'none', split: noSplit }),
      null,
    );
    expect([...splits.train].sort()).toEqual([0, 1, 2, 3]);
    expect(description.splits).toEqual({ train: 4, validation: 0, test: 0 });
    expect(Array.from(fields.features?.data ?? [])).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
    expect(Array.from(fields.label?.data ?? [])).toEqual([0, 1, 1, 0]);
    expect(description.summary.fields[1]?.classes).toEqual(['0', '1']);
    expect(description.problems).toEqual([]);
  });

  it('says so when the fractions are too small for it', async () => {
    const { description } = await loadDataset(settings('xor'), null);
    expect(description.splits.train).toBe(4);
    expect(description.problems.map((problem) => problem.code)).toEqual(['empty-split', 'empty-split']);
  });
});
