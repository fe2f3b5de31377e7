import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { BUILTIN_DATASETS } from '../data/index.ts';
import type { DataSource, LoomDocument, TrainingSettings } from '../document/index.ts';
import { ProblemError } from '../errors.ts';

export interface TrainOptions {
  readonly data?: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly backend?: TrainingSettings['backend'];
  readonly out?: string;
}

/** The design with the settings given on the command line in place of its own. */
export function withTrainOptions(document: LoomDocument, options: TrainOptions): LoomDocument {
  const { training, data } = document;
  return {
    ...document,
    data: options.data === undefined ? data : { ...data, source: sourceNamed(options.data, data.source) },
    training: {
      ...training,
      epochs: options.epochs ?? training.epochs,
      batchSize: options.batch ?? training.batchSize,
      seed: options.seed ?? training.seed,
      backend: options.backend ?? training.backend,
    },
  };
}

/**
 * A built-in dataset by id, else a CSV file or a folder of pictures. Settings of the design's own source of that kind are kept: the
 * file or folder is another of its kind.
 */
function sourceNamed(name: string, own: DataSource): DataSource {
  const builtin = BUILTIN_DATASETS.find((dataset) => dataset.id === name);
  if (builtin !== undefined) return { kind: 'builtin', id: builtin.id };
  const path = resolve(name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    return own.kind === 'imageFolder'
      ? { ...own, path }
      : { kind: 'imageFolder', path, channels: 'colour', fit: 'stretch' };
  }
  if (found) {
    return own.kind === 'csv' ? { ...own, path } : { kind: 'csv', path, columns: {}, missing: 'dropRow' };
  }
  throw new ProblemError({
    code: 'data-not-found',
    title: 'No such data',
    message: `“${name}” is neither a built-in dataset (${BUILTIN_DATASETS.map(({ id }) => id).join(', ')}) nor a file or folder: there is no ${path}.`,
    facts: { data: name },
  });
}
