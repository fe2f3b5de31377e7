import type { OptimizerSettings } from '../../../document/index.ts';
import { createAdam } from './adam.ts';
import { createInPlaceOptimizer, inPlaceWeights } from './inPlace.ts';
import type { Optimizer, Trainable } from './optimizer.ts';
import { createSgd } from './sgd.ts';

export type { Optimizer, Trainable } from './optimizer.ts';

/** The optimiser a design asks for, with fresh slots. */
export function createOptimizer(settings: OptimizerSettings, trainables: readonly Trainable[]): Optimizer {
  const inPlace = inPlaceWeights();
  if (inPlace) return createInPlaceOptimizer(settings, trainables, inPlace);
  switch (settings.name) {
    case 'sgd':
      return createSgd(trainables, settings);
    case 'adam':
      return createAdam(trainables, { ...settings, weightDecay: 0 });
    case 'adamw':
      return createAdam(trainables, settings);
  }
}
