import type { LoadedDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { analyse } from '../../graph/index.ts';
import { likelyCauses } from './outcome/likelyCauses.ts';

/** Why a training cannot begin, or cannot go on. */
export function emptySplit(): ProblemError {
  return new ProblemError({
    code: 'no-training-samples',
    title: 'No samples',
    message: 'No samples are left to train on. Make the validation and test parts smaller, or use more data.',
  });
}

/** What the design rules say of such a design, which can be built and exported, but not trained. */
export function nothingToTrain(document: LoomDocument): ProblemError {
  const told = analyse({ document, dataset: null }).problems.find(({ code }) => code === 'nothing-to-train');
  if (told === undefined) throw new Error('There are no weights to train, and no design rule says so');
  return new ProblemError({ ...told, severity: 'error' });
}

/** With what most likely brought it about, each with the edit that removes it. */
export function diverged(
  step: number,
  stepsPerEpoch: number,
  document: LoomDocument,
  dataset: LoadedDataset,
): ProblemError {
  const epoch = Math.ceil(step / stepsPerEpoch);
  const causes = likelyCauses(document, dataset, 'lower');
  return new ProblemError({
    code: 'loss-not-finite',
    title: 'Training diverged',
    message: [
      `The loss is no longer a finite number at step ${step} (epoch ${epoch}): the weights have grown out of bounds.`,
      ...causes.map(({ sentence }) => sentence),
      'The last good checkpoint is kept.',
    ].join(' '),
    facts: { step, epoch, learningRate: document.training.learningRate },
    fixes: causes.flatMap(({ fixes }) => fixes),
  });
}
