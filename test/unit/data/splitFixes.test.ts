import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { classBalance, fractionsProblem, splitProblems } from '../../../core/data/describeSplits.ts';
import { splitSamples } from '../../../core/data/splitSamples.ts';
import { type DataSettings, DEFAULT_DATA, emptyDocument } from '../../../core/document/index.ts';
import type { Fix, Problem } from '../../../core/errors.ts';
import { editIn } from '../../edits.ts';

type Split = DataSettings['split'];

/** What is said of this many samples of each class. */
function said(counts: readonly number[], split: Split): readonly Problem[] {
  const fractions = fractionsProblem(split);
  if (fractions !== null) return [fractions];
  const labels = counts.flatMap((count, label) => Array.from({ length: count }, () => label));
  const { validation, test, seed, stratify } = split;
  const splits = splitSamples({ count: labels.length, labels: stratify ? labels : null, validation, test, seed });
  const balance = classBalance(
    counts.map((_, label) => `c${label}`),
    labels,
    splits,
  );
  return splitProblems(splits, balance, split);
}

function pressed(split: Split, fix: Fix): Split {
  const applied = applyCommand({ ...emptyDocument(), data: { ...DEFAULT_DATA, split } }, editIn(fix));
  if (!applied.ok) throw new Error(`${fix.label}: ${applied.error.message}`);
  return applied.value.document.data.split;
}

it('every button of a part that has come out empty, or of a class that training lacks, mends that', () => {
  const seen = new Map<string, number>();
  const counts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  const fraction = fc.constantFrom(0, 0.02, 0.1, 0.2, 0.4, 0.5, 0.9);
  fc.assert(
    fc.property(counts, fraction, fraction, fc.boolean(), fc.nat(1000), (sizes, validation, test, stratify, seed) => {
      const split: Split = { validation, test, stratify, seed };
      for (const problem of said(sizes, split)) {
        const part = problem.facts?.part;
        seen.set(problem.code, (seen.get(problem.code) ?? 0) + (problem.fixes?.length ?? 0));
        for (const fix of problem.fixes ?? []) {
          const left = said(sizes, pressed(split, fix));
          expect(left.filter((one) => one.code === problem.code && one.facts?.part === part)).toEqual([]);
          // Mending one part brings no error that had not been there.
          const before = said(sizes, split).map(({ code }) => code);
          expect(left.filter(({ severity, code }) => severity === 'error' && !before.includes(code))).toEqual([]);
        }
      }
    }),
    { numRuns: 2000, seed: 3 },
  );
  for (const code of ['split-leaves-no-training', 'empty-training', 'empty-split', 'class-not-trained'])
    expect([code, seen.get(code) ?? 0]).not.toEqual([code, 0]);
});

it('says which part is empty and offers a fraction that fills it', () => {
  const problems = said([4, 4], { validation: 0.2, test: 0.05, stratify: true, seed: 1 });
  expect(problems.map(({ message }) => message)).toEqual([
    '5 % of 8 samples are less than one of any class, so the test part is empty.',
  ]);
  // Of 4, 15 % are 0.6: the fourth sample goes to training, whose 2.6 has the same remainder. 20 % are 0.8.
  expect(problems[0]?.fixes?.map(({ label }) => label)).toEqual(['Set test to 20 %', 'Do without a test part']);
});
