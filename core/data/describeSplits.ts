import type { DataSettings } from '../document/index.ts';
import type { Problem } from '../errors.ts';
import type { DataDescription } from './schema.ts';
import type { Splits } from './splitSamples.ts';

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
  };
}

/** Parts that were asked for and stay empty, and classes that training never sees. */
export function splitProblems(
  splits: Splits,
  balance: DataDescription['classBalance'],
  settings: DataSettings['split'],
): Problem[] {
  const problems: Problem[] = [];
  const samples = splits.train.length + splits.validation.length + splits.test.length;
  if (splits.train.length === 0) {
    const message = `Of ${samples} ${samples === 1 ? 'sample' : 'samples'} none is left for training. Use more data, or make the validation and test parts smaller.`;
    problems.push({ code: 'empty-training', severity: 'error', title: 'Nothing to train with', message });
  }
  for (const part of ['validation', 'test'] as const) {
    if (settings[part] === 0 || splits[part].length > 0) continue;
    problems.push({
      code: 'empty-split',
      severity: 'warning',
      title: 'Empty part',
      message: `${percent(settings[part])} of ${samples} samples are less than one${balance.length > 0 ? ' of any class' : ''}, so the ${part} part is empty.`,
      facts: { part, samples },
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
    });
  }
  return problems;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(1))} %`;
}
