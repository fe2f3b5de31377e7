import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DataChanges, dataChangesText, dataChangesTitle } from '../../data/index.ts';
import { type LoadedDataset, type LoadOptions, loadDataset, reopenDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { RUN_FILES } from '../../runs/node.ts';
import { dataRecordText, readDataRecordIfThere } from '../checkpoint/dataRecord.ts';
import { refuseChanged } from './refuseChanged.ts';

export interface TrainingData {
  readonly dataset: LoadedDataset;
  /** The text of the run's `data.json`; null where it is there already. */
  readonly record: string | null;
  /** What a person should know of the data of a run that goes on. */
  readonly notes: readonly Problem[];
}

/**
 * The data of a run: as they are when it starts; when it goes on, as it learnt them, however the file was changed since.
 * @throws ProblemError when they cannot be read, or samples that the run began with are gone or changed
 */
export async function openTrainingData(
  runDir: string,
  document: LoomDocument,
  baseDir: string | null,
  resume: boolean,
  options: LoadOptions,
): Promise<TrainingData> {
  const trainedBefore = resume && existsSync(join(runDir, RUN_FILES.checkpoint));
  if (!trainedBefore) {
    const dataset = await loadDataset(document.data, baseDir, options);
    return { dataset, record: await dataRecordText(dataset, document.data, false), notes: [] };
  }
  const known = await readDataRecordIfThere(runDir);
  const { dataset, changes } = await reopenDataset(document.data, baseDir, known, options);
  if (changes !== null) refuseChanged(changes);
  // Nothing is known of the samples of a run of an older version: from here on it is.
  const record = known?.samples === undefined ? await dataRecordText(dataset, document.data, changes !== null) : null;
  return { dataset, record, notes: notesOn(changes) };
}

function notesOn(changes: DataChanges | null): readonly Problem[] {
  const message = changes === null ? null : dataChangesText(changes);
  if (changes === null || message === null) return [];
  return [{ code: 'run-data', severity: 'info', title: dataChangesTitle(changes), message, facts: { ...changes } }];
}
