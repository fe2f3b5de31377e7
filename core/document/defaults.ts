import type { DataSettings, LoomDocument, OptimizerSettings, TrainingSettings } from './schema.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION } from './schema.ts';

export const DEFAULT_DATA: DataSettings = {
  source: { kind: 'none' },
  scaling: 'standardise',
  targetScaling: 'standardise',
  resize: null,
  split: { validation: 0.2, test: 0.1, stratify: true, seed: 42 },
};

/** Each optimiser with the defaults of its paper and of Keras. */
export const DEFAULT_OPTIMIZERS: {
  readonly [N in OptimizerSettings['name']]: Extract<OptimizerSettings, { name: N }>;
} = {
  sgd: { name: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
  adam: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  adamw: { name: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
};

export const DEFAULT_TRAINING: TrainingSettings = {
  optimizer: DEFAULT_OPTIMIZERS.adam,
  learningRate: 0.001,
  batchSize: 32,
  epochs: 20,
  seed: 42,
  shuffle: true,
  backend: 'auto',
};

/** A document with one empty graph and no data. */
export function emptyDocument(name = 'Untitled'): LoomDocument {
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    name,
    root: 'main',
    graphs: { main: { id: 'main', nodes: {}, edges: {} } },
    data: DEFAULT_DATA,
    training: DEFAULT_TRAINING,
  };
}
