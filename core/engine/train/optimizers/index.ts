import { type AnyOptimizer, type OptimizerSettings, optimizerOf } from '../../../training/index.ts';
import { createInPlaceOptimizer, inPlaceFactory } from './inPlace.ts';
import type { Optimizer, OptimizerChoice, Trainable } from './optimizer.ts';
import { createPlainOptimizer } from './plain.ts';

export type { Optimizer, Trainable } from './optimizer.ts';

/** The optimiser a design asks for, with fresh slots. */
export function createOptimizer(settings: OptimizerSettings, trainables: readonly Trainable[]): Optimizer {
  return createOptimizerOf(optimizerOf(settings), settings, trainables);
}

/** An optimiser by its definition: as the current backend does it in place, where it does, otherwise by its formula. */
export function createOptimizerOf(
  definition: AnyOptimizer,
  settings: OptimizerChoice,
  trainables: readonly Trainable[],
): Optimizer {
  const inPlace = inPlaceFactory(definition.name);
  return inPlace
    ? createInPlaceOptimizer(definition, settings, trainables, inPlace)
    : createPlainOptimizer(definition, settings, trainables);
}
