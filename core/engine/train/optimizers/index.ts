import { type AnyOptimizer, type OptimizerSettings, optimizerOf } from '../../../training/index.ts';
import { fusedUpdate } from '../step/fusedParts.ts';
import { createInPlaceOptimizer } from './inPlace.ts';
import type { Optimizer, OptimizerChoice, Trainable } from './optimizer.ts';
import { createPlainOptimizer } from './plain.ts';

export type { Optimizer, Trainable } from './optimizer.ts';

/** The optimiser a design asks for, with fresh slots. */
export function createOptimizer(settings: OptimizerSettings, trainables: readonly Trainable[]): Optimizer {
  return createOptimizerOf(optimizerOf(settings), settings, trainables);
}

/** An optimiser by its definition: as the current backend does it, where it names that very one, otherwise by its formula. */
export function createOptimizerOf(
  definition: AnyOptimizer,
  settings: OptimizerChoice,
  trainables: readonly Trainable[],
): Optimizer {
  const fused = fusedUpdate(definition.name);
  return fused?.kind === 'inPlace'
    ? createInPlaceOptimizer(definition, settings, trainables, fused)
    : createPlainOptimizer(definition, settings, trainables, fused);
}
