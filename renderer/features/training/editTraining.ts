import type { OptimizerSettings, TrainingSettings } from '../../../core/document/index.ts';
import { DEFAULT_OPTIMIZERS } from '../../../core/document/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { tryDispatch } from '../../stores/documentStore.ts';

/** Changes training settings as one entry of the history. Returns the sentence when the change is refused. */
export function editTraining(changes: Partial<TrainingSettings>): string | null {
  // The schema keeps settings plain JSON; its loose objects only hide that from the type.
  const training = changes as unknown as JsonObject;
  return tryDispatch({ command: 'setTraining', args: { training } })?.message ?? null;
}

/** Learning rates each optimiser starts from, as in Keras. */
export const DEFAULT_LEARNING_RATES: { readonly [N in OptimizerSettings['name']]: number } = {
  sgd: 0.01,
  adam: 0.001,
  adamw: 0.001,
};

/** Another optimiser with its own defaults. The learning rate follows only if it had not been set by hand. */
export function chooseOptimizer(training: TrainingSettings, name: OptimizerSettings['name']): string | null {
  const untouched = training.learningRate === DEFAULT_LEARNING_RATES[training.optimizer.name];
  return editTraining({
    optimizer: DEFAULT_OPTIMIZERS[name],
    ...(untouched ? { learningRate: DEFAULT_LEARNING_RATES[name] } : {}),
  });
}
