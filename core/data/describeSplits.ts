import type { DataSettings } from '../document/index.ts';
import { edit } from '../edits.ts';
import type { Fix, Problem } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { DataDescription, SplitName } from './schema.ts';
import { type Splits, shareOut } from './splitSamples.ts';

/** Samples by class and part, in class order; empty for regression. */
export function classBalance(
  classes: readonly string[] | null,
  labels: ArrayLike<number>,
  splits: Splits,
): DataDescription['classBalance'] {
  if (classes === null) return [];
  const balance = classes.map((name) => ({ name, train: 0, validation: 0, test: 0 }));
  for (const part of ['train', 'validation', 'test'] as const) {
    for (const sample of splits[part]) {
      const entry = balance[labels[sample] ?? -1];
      if (entry !== undefined) entry[part]++;
    }
  }
  return balance;
}

/** Null when the fractions leave something to train with. */
export function fractionsProblem({ validation, test }: DataSettings['split']): Problem | null {
  if (validation + test < 1 - 1e-9) return null;
  return {
    code: 'split-leaves-no-training',
    severity: 'error',
    title: 'Nothing to train with',
    message: `Validation takes ${percent(validation)} and test ${percent(test)} of the samples, which leaves none to train with. Make them smaller.`,
    facts: { validation, test },
    fixes: [setSplit('Set validation to 20 % and test to 10 %', { validation: 0.2, test: 0.1 })],
  };
}

function setSplit(label: string, split: JsonObject): Fix {
  return { label, edit: edit('setData', { data: { split } }) };
}

/** Fractions tried for a part that has come out empty, the smallest first. */
const FRACTIONS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

/** How many samples each part would get. */
function partsWith(groups: readonly number[], { validation, test }: Fractions): Record<SplitName, number> {
  const sum = { train: 0, validation: 0, test: 0 };
  for (const size of groups) {
    const share = shareOut(size, validation, test);
    for (const part of ['train', 'validation', 'test'] as const) sum[part] += share[part];
  }
  return sum;
}

interface Fractions {
  readonly validation: number;
  readonly test: number;
}

/** Sizes of what is shared out by itself: each class, or all together. */
function groupsOf(samples: number, dealt: readonly number[], stratify: boolean): readonly number[] {
  if (dealt.length === 0) return [samples];
  return stratify ? dealt : [dealt.reduce((sum, size) => sum + size, 0)];
}

/** A larger fraction with which the part gets samples and the others keep theirs, and doing without the part. */
function emptyPartFixes(part: 'validation' | 'test', groups: readonly number[], settings: Fractions): readonly Fix[] {
  const other = part === 'test' ? 'validation' : 'test';
  const enough = FRACTIONS.filter((fraction) => fraction > settings[part] && fraction + settings[other] < 1).find(
    (fraction) => {
      const parts = partsWith(groups, { ...settings, [part]: fraction });
      return parts[part] > 0 && parts.train > 0 && (settings[other] === 0 || parts[other] > 0);
    },
  );
  return [
    ...(enough === undefined ? [] : [setSplit(`Set ${part} to ${percent(enough)}`, { [part]: enough })]),
    setSplit(`Do without a ${part} part`, { [part]: 0 }),
  ];
}

/**
 * Parts that were asked for and stay empty, and classes that training never sees.
 * @param dealt samples of each class that fractions share out, where that is not all of them
 */
export function splitProblems(
  splits: Splits,
  balance: DataDescription['classBalance'],
  settings: DataSettings['split'],
  dealt: readonly number[] = balance.map((entry) => entry.train + entry.validation + entry.test),
): Problem[] {
  const problems: Problem[] = [];
  const samples = splits.train.length + splits.validation.length + splits.test.length;
  const groups = groupsOf(samples, dealt, settings.stratify);
  if (splits.train.length === 0) {
    const message = `Of ${samples} ${samples === 1 ? 'sample' : 'samples'} none is left for training. Use more data, or make the validation and test parts smaller.`;
    const all = setSplit('Train with all samples', { validation: 0, test: 0 });
    const fixes = partsWith(groups, { validation: 0, test: 0 }).train > 0 ? [all] : [];
    problems.push({ code: 'empty-training', severity: 'error', title: 'Nothing to train with', message, fixes });
  }
  for (const part of ['validation', 'test'] as const) {
    if (settings[part] === 0 || splits[part].length > 0) continue;
    problems.push({
      code: 'empty-split',
      severity: 'warning',
      title: 'Empty part',
      message: `${percent(settings[part])} of ${samples} samples are less than one${balance.length > 0 ? ' of any class' : ''}, so the ${part} part is empty.`,
      facts: { part, samples },
      fixes: emptyPartFixes(part, groups, settings),
    });
  }
  const unseen = balance.filter((entry) => entry.train === 0).map((entry) => entry.name);
  if (unseen.length > 0 && splits.train.length > 0) {
    problems.push({
      code: 'class-not-trained',
      severity: 'warning',
      title: 'Class without training samples',
      message: `No sample of ${unseen.slice(0, 10).join(', ')} is in the training part, so the network cannot learn ${unseen.length === 1 ? 'it' : 'them'}. Stratify the split, or add samples.`,
      facts: { classes: unseen },
      fixes: stratifyFix(dealt, settings),
    });
  }
  return problems;
}

/** Sharing each class out by itself, where that gives training a sample of every one. */
function stratifyFix(dealt: readonly number[], settings: DataSettings['split']): readonly Fix[] {
  const everyClass = dealt.every((size) => shareOut(size, settings.validation, settings.test).train > 0);
  return settings.stratify || !everyClass ? [] : [setSplit('Stratify the split', { stratify: true })];
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(1))} %`;
}
