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

/** A run's data, read again. */
export interface Reopened {
  readonly dataset: LoadedDataset;
  /** What became of the data since; null where nothing can have. */
  readonly changes: DataChanges | null;
}

/**
 * The data of a run as it learnt them, read from where they are now: the samples that are still as they were, each in the part it was in.
 * Without a record of the samples (built-in data; runs of older versions) they are read and split anew, and `changes` says so.
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
    const { text, encoding } = decodeText(await readDataFile(path), name);
    const table = readCsv(text, name, source.format);
    const known = { ...record, scaler, samples };
    return later(record, reopenTable({ file: { path, encoding }, table, missing: source.missing }, known));
  }
  if (record !== null && source.kind === 'imageFolder' && scaler?.kind === 'image' && samples?.kind === 'folder') {
    const path = resolveDataPath(source.path, baseDir);
    const known = { ...record, scaler, samples };
    return later(record, await reopenFolder(path, source, settings, { pixels: true, ...options }, known));
  }
  const dataset = await loadDataset(settings, baseDir, options);
  return { dataset, changes: unknownSamples(source.kind) };
}

function later({ recordedLater }: DataRecord, { dataset, changes }: Reopened & { changes: DataChanges }): Reopened {
  return { dataset, changes: recordedLater === true ? { ...changes, unchecked: 'beginning' } : changes };
}

/** What comes with Layerloom cannot have changed; of files nothing is known. */
function unknownSamples(kind: DataSettings['source']['kind']): DataChanges | null {
  if (kind !== 'csv' && kind !== 'imageFolder') return null;
  return { unit: kind === 'csv' ? 'row' : 'picture', added: 0, removed: 0, changed: 0, unchecked: 'samples' };
}
