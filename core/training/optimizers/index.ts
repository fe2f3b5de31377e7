import { byName, type SettingsOf } from '../../params/index.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import type { AnyOptimizer } from './defineOptimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

export type { AnyOptimizer, Updated, UpdateState } from './defineOptimizer.ts';
export { defineOptimizer } from './defineOptimizer.ts';

/** Every optimiser, in the order in which lists show them. */
export const OPTIMIZERS = byName(adam, adamw, sgd, rmsprop);

export type OptimizerName = keyof typeof OPTIMIZERS;

/** The settings of one optimiser: its name and its parameters. */
export type OptimizerSettingsOf<N extends OptimizerName> = SettingsOf<(typeof OPTIMIZERS)[N]>;

export type OptimizerSettings = { readonly [N in OptimizerName]: OptimizerSettingsOf<N> }[OptimizerName];

/** The optimiser of these settings. */
export function optimizerOf(settings: OptimizerSettings): AnyOptimizer {
  return OPTIMIZERS[settings.name];
}
