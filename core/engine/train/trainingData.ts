import { type LoadedDataset, type LoadOptions, reopenDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { dataRecordText, readDataRecordIfThere } from '../checkpoint/dataRecord.ts';
import { refuseChanged } from './refuseChanged.ts';

export interface TrainingData {
  readonly dataset: LoadedDataset;
  /** The text of the run's `data.json`; null where it is there already. */
  readonly record: string | null;
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
  const known = resume ? await readDataRecordIfThere(runDir) : null;
  const { dataset, changes } = await reopenDataset(document.data, baseDir, known, options);
  if (changes !== null) refuseChanged(changes);
  // Nothing is known of the samples of a run of an older version: from here on it is.
  const record = known?.samples === undefined ? await dataRecordText(dataset, document.data) : null;
  return { dataset, record };
}
