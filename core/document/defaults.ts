import { defaultSettings } from '../params/index.ts';
import { OPTIMIZERS } from '../training/index.ts';
import type { DataSettings, LoomDocument, TrainingSettings } from './schema.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION } from './schema.ts';

/** The data settings of a new document: no data yet. */
export const DEFAULT_DATA: DataSettings = {
  source: { kind: 'none' },
  scaling: 'standardise',
  targetScaling: 'standardise',
  resize: null,
  split: { validation: 0.2, test: 0.1, stratify: true, seed: 42 },
};

/** The training settings of a new document. */
export const DEFAULT_TRAINING: TrainingSettings = {
  optimizer: defaultSettings(OPTIMIZERS.adam),
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
