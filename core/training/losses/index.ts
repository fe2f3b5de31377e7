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

/** The loss of this name. */
export function lossOf(name: LossName): AnyLoss {
  return LOSSES[name];
}

/** The loss of that name; undefined where this version has none. */
export function findLoss(name: unknown): AnyLoss | undefined {
  return Object.values<AnyLoss>(LOSSES).find((loss) => loss.name === name);
}

/** The loss to take for a kind of target where nothing speaks for another. */
const USUAL = {
  classes: 'categoricalCrossentropy',
  binary: 'binaryCrossentropy',
  numbers: 'meanSquaredError',
} as const satisfies { readonly [K in AnyLoss['for']]: LossName };

/** The loss that targets of this kind usually take. */
export function usualLoss(kind: AnyLoss['for']): LossName {
  return USUAL[kind];
}

/** Every loss as an option of a form. */
export const LOSS_OPTIONS = optionsOf(LOSSES);
