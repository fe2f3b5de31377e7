import type { TrainingSettings } from '../../../core/document/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { defaultSettings } from '../../../core/params/index.ts';
import { OPTIMIZERS, type OptimizerName, type OptimizerSettings, optimizerOf } from '../../../core/training/index.ts';
import { tryDispatch } from '../../stores/documentStore.ts';

/** Changes training settings as one entry of the history. Returns the sentence when the change is refused. */
export function editTraining(changes: Partial<TrainingSettings>): string | null {
  // The schema keeps settings plain JSON; its loose objects only hide that from the type.
  const training = changes as unknown as JsonObject;
  return tryDispatch({ command: 'setTraining', args: { training } })?.message ?? null;
}

/** A setting that is one entry of a catalogue. */
export type Choice = 'optimizer' | 'schedule' | 'clipping';

/** Chooses another entry by its `name`, or changes some parameters of the one chosen. Returns the sentence when the change is refused. */
export function editChoice(setting: Choice, changes: JsonObject): string | undefined {
  return tryDispatch({ command: 'setTraining', args: { training: { [setting]: changes } } })?.message;
}

/** Sets the optimiser's parameters to their defaults. */
export function resetOptimizer(name: OptimizerName): void {
  editChoice('optimizer', { ...defaultSettings<(typeof OPTIMIZERS)[OptimizerName]>(OPTIMIZERS[name]) });
}

/** Another optimiser with its own defaults. The learning rate follows only if it had not been set by hand. */
export function chooseOptimizer(training: TrainingSettings, name: OptimizerName): string | null {
  const untouched = training.learningRate === optimizerOf(training.optimizer).learningRate;
  return editTraining({
    optimizer: defaultSettings<(typeof OPTIMIZERS)[OptimizerName]>(OPTIMIZERS[name]),
    ...(untouched ? { learningRate: OPTIMIZERS[name].learningRate } : {}),
  });
}

/** Whether every parameter of this optimiser stands at its default. */
export function isDefaultOptimizer(optimizer: OptimizerSettings): boolean {
  const given: { readonly [key: string]: unknown } = optimizer;
  const { params } = OPTIMIZERS[optimizer.name];
  return Object.entries(params).every(([name, descriptor]) => given[name] === descriptor.default);
}
