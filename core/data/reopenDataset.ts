import { basename } from 'node:path';
import type { DataSettings } from '../document/index.ts';
import { decodeText } from './csv/decodeText.ts';
import { readCsv } from './csv/readCsv.ts';
import type { DataChanges } from './dataChanges.ts';
import type { DataRecord } from './dataRecord.ts';
import { reopenFolder } from './folder/reopenFolder.ts';
import { type LoadOptions, loadDataset } from './loadDataset.ts';
import type { LoadedDataset } from './loadedDataset.ts';
import { readDataFile, resolveDataPath } from './readDataFile.ts';
import { reopenTable } from './table/reopenTable.ts';

export interface Reopened {
  readonly dataset: LoadedDataset;
  /** What became of the data since; null where that is not known, or nothing can have. */
  readonly changes: DataChanges | null;
}

/**
 * The data of a run as it learnt them, read from where they are now: the samples that are still as they were, each in the part it was in.
 * Without a record of the samples (built-in data; runs of older versions) they are read and split anew.
 * @param record what the run's `data.json` holds; null where there is none
 * @throws ProblemError where they cannot be read, or no longer are what the run reads
 */
export async function reopenDataset(
  settings: DataSettings,
  baseDir: string | null,
  record: DataRecord | null,
  options: LoadOptions = {},
): Promise<Reopened> {
  const { source } = settings;
  const { scaler, samples } = record ?? {};
  if (record !== null && source.kind === 'csv' && scaler?.kind === 'table' && samples?.kind === 'table') {
    const path = resolveDataPath(source.path, baseDir);
    const name = basename(path);
    const table = readCsv(decodeText(await readDataFile(path), name).text, name, source.format);
    return reopenTable({ table, missing: source.missing }, { ...record, scaler, samples });
  }
  if (record !== null && source.kind === 'imageFolder' && scaler?.kind === 'image' && samples?.kind === 'folder') {
    const path = resolveDataPath(source.path, baseDir);
    return reopenFolder(path, source, settings, { pixels: true, ...options }, { ...record, scaler, samples });
  }
  return { dataset: await loadDataset(settings, baseDir, options), changes: null };
}
