import { byName, optionsOf } from '../../params/index.ts';
import { binaryCrossentropy } from './binaryCrossentropy.ts';
import { categoricalCrossentropy } from './categoricalCrossentropy.ts';
import type { AnyLoss } from './defineLoss.ts';
import { huber } from './huber.ts';
import { meanAbsoluteError } from './meanAbsoluteError.ts';
import { meanSquaredError } from './meanSquaredError.ts';

export type { AnyLoss, Compared, LossOps, Outputs } from './defineLoss.ts';
export { lossParams } from './lossParams.ts';

/** Every loss an Output can have, in the order in which lists show them. */
export const LOSSES = byName(categoricalCrossentropy, binaryCrossentropy, meanSquaredError, meanAbsoluteError, huber);

export type LossName = keyof typeof LOSSES;

export function lossOf(name: LossName): AnyLoss {
  return LOSSES[name];
}

/** Whether it compares probabilities, and so wants a softmax or a sigmoid before it. */
export function isCrossEntropy(name: LossName): boolean {
  return LOSSES[name].activation !== null;
}

export const LOSS_OPTIONS = optionsOf(LOSSES);
