import { basename } from 'node:path';
import type { DataSettings } from '../document/index.ts';
import { ProblemError } from '../errors.ts';
import { BUILTIN_DATASETS } from './builtin/catalogue.ts';
import { BUILTIN_TABLES, builtinDigits } from './builtin/content.ts';
import { decodeText } from './csv/decodeText.ts';
import { readCsv } from './csv/readCsv.ts';
import { openImageFolder } from './folder/openImageFolder.ts';
import { openImages } from './image/openImages.ts';
import type { LoadedDataset } from './loadedDataset.ts';
import { readDataFile, resolveDataPath } from './readDataFile.ts';
import type { DataDescription, PictureProgress } from './schema.ts';
import { openTable } from './table/openTable.ts';

/** How data are loaded. */
export interface LoadOptions {
  /** False where nobody will train with them all: a folder's pictures are then read from disk as they are asked for. Usually true. */
  readonly pixels?: boolean;
  /** Told while a folder's pictures are decoded. */
  readonly onProgress?: (progress: PictureProgress) => void;
  /** Ends the reading of a file or folder; `loadDataset` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Bytes up to which a folder's pictures are held as a whole (as float32), and up to which those of a larger one are kept once they
   * have been decoded (as bytes). Usually 512 MiB each.
   */
  readonly memory?: { readonly whole: number; readonly kept: number };
}

/**
 * Loads a design's data, splits and scales it. Everything about the result follows from the settings and the file.
 * @param baseDir folder of the design, for relative paths; null when it has not been saved
 * @throws ProblemError when it cannot be trained with: the first problem of severity `error`
 */
export async function loadDataset(
  settings: DataSettings,
  baseDir: string | null,
  options: LoadOptions = {},
): Promise<LoadedDataset> {
  const { description, dataset } = await openDataset(settings, baseDir, options);
  if (dataset !== null) return dataset;
  const problem = description.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) throw new Error('a dataset without an error should be complete');
  throw new ProblemError({ ...problem, severity: 'error' });
}

/**
 * What the Data room shows. Unlike `loadDataset` it answers also where roles, kinds or missing values stand in the way: the
 * columns are there to be set right, `summary.fields` is empty, and `problems` says what is wrong.
 * @throws ProblemError when the source cannot be read as data at all
 */
export async function describeDataset(
  settings: DataSettings,
  baseDir: string | null,
  options: Pick<LoadOptions, 'onProgress' | 'signal'> = {},
): Promise<DataDescription> {
  return (await openDataset(settings, baseDir, { ...options, pixels: false })).description;
}

async function openDataset(
  settings: DataSettings,
  baseDir: string | null,
  options: LoadOptions,
): Promise<{ description: DataDescription; dataset: LoadedDataset | null }> {
  const { source } = settings;
  switch (source.kind) {
    case 'none':
      throw new ProblemError({
        code: 'no-data',
        title: 'No data',
        message: 'The design has no data yet. Choose a dataset, a CSV file or a folder of pictures in the Data room.',
      });
    case 'builtin': {
      const title = BUILTIN_DATASETS.find((entry) => entry.id === source.id)?.title ?? source.id;
      if (source.id === 'digits') return openImages(title, builtinDigits(), settings);
      const { csv, attribution } = BUILTIN_TABLES[source.id];
      const table = readCsv(csv, title);
      return openTable({ name: title, attribution, file: null, table, columns: {}, missing: 'dropRow' }, settings);
    }
    case 'csv': {
      const path = resolveDataPath(source.path, baseDir);
      const name = basename(path);
      const { text, encoding } = decodeText(await readDataFile(path), name);
      const table = readCsv(text, name, source.format);
      const { columns, missing } = source;
      return openTable({ name, attribution: '', file: { path, encoding }, table, columns, missing }, settings);
    }
    case 'imageFolder':
      return openImageFolder(resolveDataPath(source.path, baseDir), source, settings, { pixels: true, ...options });
  }
}
