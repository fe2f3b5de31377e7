import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resizeBilinear } from '../../../core/data/image/resizeBilinear.ts';
import { loadDataset, previewSamples } from '../../../core/data/node.ts';
import { seededRandom } from '../../../core/data/random.ts';
import { shareOut, splitSamples } from '../../../core/data/splitSamples.ts';
import { DEFAULT_DATA } from '../../../core/document/index.ts';

const request = fc.record({
  labels: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 300 }),
  stratify: fc.boolean(),
  validation: fc.integer({ min: 0, max: 49 }).map((n) => n / 100),
  test: fc.integer({ min: 0, max: 49 }).map((n) => n / 100),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
});

describe('splitSamples', () => {
  it('is exhaustive, disjoint, repeatable and within one sample of every class’s share', () => {
    fc.assert(
      fc.property(request, ({ labels, stratify, validation, test, seed }) => {
        const args = { count: labels.length, labels: stratify ? labels : null, validation, test, seed };
        const splits = splitSamples(args);
        const together = [...splits.train, ...splits.validation, ...splits.test].sort((a, b) => a - b);
        expect(together).toEqual(labels.map((_, i) => i));
        expect(splitSamples(args)).toEqual(splits);
        const groups = stratify ? [...new Set(labels)] : [null];
        for (const group of groups) {
          const belongs = (i: number) => group === null || labels[i] === group;
          const size = labels.filter((_, i) => belongs(i)).length;
          for (const [part, fraction] of [
            ['validation', validation],
            ['test', test],
          ] as const) {
            const got = [...splits[part]].filter(belongs).length;
            expect(Math.abs(got - size * fraction)).toBeLessThan(1);
            if (fraction === 0) expect(got).toBe(0);
          }
        }
      }),
    );
  });

  it('shares out by largest remainder', () => {
    expect(shareOut(178, 0.2, 0.1)).toEqual({ train: 125, validation: 35, test: 18 }); // 124.6 35.6 17.8
    expect(shareOut(10, 0.2, 0.1)).toEqual({ train: 7, validation: 2, test: 1 });
    expect(shareOut(1, 0.2, 0.1)).toEqual({ train: 1, validation: 0, test: 0 });
    expect(shareOut(3, 1 / 3, 1 / 3)).toEqual({ train: 1, validation: 1, test: 1 });
  });

  it('changes with the seed', () => {
    const of = (seed: number) => splitSamples({ count: 100, labels: null, validation: 0.2, test: 0, seed }).validation;
    expect(of(1)).not.toEqual(of(2));
  });
});

describe('seededRandom', () => {
  it('is Mulberry32', () => {
    // First values of the reference implementation for seed 1.
    const random = seededRandom(1);
    expect([random(), random()].map((v) => v.toFixed(8))).toEqual(['0.62707394', '0.00273572']);
  });
});

describe('resizeBilinear', () => {
  it('agrees with tf.image.resize (half-pixel centres)', () => {
    // tf.image.resize([[[1],[2]],[[3],[4]]], [4, 4])
    const out = resizeBilinear([1, 2, 3, 4], { height: 2, width: 2, channels: 1 }, 4, 4);
    expect(Array.from(out)).toEqual([1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4]);
    expect(Array.from(resizeBilinear([1, 2, 3, 4], { height: 2, width: 2, channels: 1 }, 1, 1))).toEqual([2.5]);
  });
});

describe('previewSamples', () => {
  it('pages through a part', async () => {
    const data = await loadDataset({ ...DEFAULT_DATA, source: { kind: 'builtin', id: 'iris' } }, null);
    const page = await previewSamples(data, 'test', 10, 100);
    expect(page.total).toBe(15);
    expect(page.samples.map((sample) => sample.id)).toEqual([...data.splits.test].slice(10));
    expect(new Set((await previewSamples(data, 'train', 0, 30)).samples.map((sample) => sample.target)).size).toBe(3);
    expect((await previewSamples(data, null, 149, 10)).samples).toHaveLength(1);
  });
});
