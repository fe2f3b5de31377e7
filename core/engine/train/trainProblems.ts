import type { LoadedDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { likelyCauses } from './outcome/likelyCauses.ts';

/** Why a training cannot begin, or cannot go on. */
export function emptySplit(): ProblemError {
  return new ProblemError({
    code: 'no-training-samples',
    title: 'No samples',
    message: 'No samples are left to train on. Make the validation and test parts smaller, or use more data.',
  });
}

export function nothingToTrain(): ProblemError {
  return new ProblemError({
    code: 'nothing-to-train',
    title: 'No weights',
    message: 'No layer of the network has weights to train. Add one, such as Dense.',
  });
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
