import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { BUILTIN_DATASETS } from '../data/index.ts';
import type { DataSource, LoomDocument, TrainingSettings } from '../document/index.ts';
import { ProblemError } from '../errors.ts';
import { expand } from '../graph/index.ts';
import { type TableOptions, withTableFormat } from './tableOptions.ts';

export interface TrainOptions extends TableOptions {
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
    ...withoutReplaced(document, options),
    data: withTableFormat(options.data === undefined ? data : withSource(document, options.data), options),
    training: {
      ...training,
      epochs: options.epochs ?? training.epochs,
      batchSize: options.batch ?? training.batchSize,
      seed: options.seed ?? training.seed,
      backend: options.backend ?? training.backend,
    },
  };
}

/** What was set aside as of a newer version no longer counts where the command line names another. */
function withoutReplaced(document: LoomDocument, options: TrainOptions): LoomDocument {
  const { unknownSettings, ...rest } = document;
  const kept = (unknownSettings ?? []).filter(({ path: [section, key] }) => {
    if (section === 'data' && key === 'source') return options.data === undefined;
    return !(section === 'training' && key === 'backend') || options.backend === undefined;
  });
  return kept.length === 0 ? rest : { ...rest, unknownSettings: kept };
}

/** A folder of pictures that is not the design's own is brought to what its Input reads: nobody is there to be asked. */
function withSource(document: LoomDocument, name: string): LoomDocument['data'] {
  const { data } = document;
  const source = sourceNamed(name, data.source);
  if (source.kind !== 'imageFolder' || data.source.kind === 'imageFolder') return { ...data, source };
  const input = Object.values(expand(document).graph.nodes).find(({ type }) => type === 'Input');
  const shape = pictureShape.safeParse(input?.params.shape);
  if (!shape.success) return { ...data, source };
  const [height, width, channels] = shape.data;
  return { ...data, source: { ...source, channels: channels === 1 ? 'grey' : 'colour' }, resize: [height, width] };
}

const side = z.number().int().min(1).max(1024);
const pictureShape = z.tuple([side, side, z.union([z.literal(1), z.literal(3)])]);

/**
 * A built-in dataset by id, else a CSV file or a folder of pictures. Settings of the design's own source of that kind are kept: the
 * file or folder is another of its kind.
 */
export function sourceNamed(name: string, own: DataSource): DataSource {
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
