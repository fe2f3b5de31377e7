import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataRecord, dataRecordSchema, type LoadedDataset } from '../../data/node.ts';
import type { DataSettings } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { RUN_FILES } from '../../runs/node.ts';

/** Data of files, which may change under a run; what comes with Layerloom does not. */
const MAY_CHANGE: readonly DataSettings['source']['kind'][] = ['csv', 'imageFolder'];

/**
 * The text of `data.json`: what is kept of a run's data beside its weights.
 * @param recordedLater the run has trained already
 */
export async function dataRecordText(
  dataset: LoadedDataset,
  { source }: DataSettings,
  recordedLater: boolean,
): Promise<string> {
  const samples = MAY_CHANGE.includes(source.kind) ? await dataset.recordSamples?.() : undefined;
  const { summary } = dataset.description;
  const text = JSON.stringify({ scaler: dataset.scaler, summary, ...(recordedLater && { recordedLater }) }, null, 2);
  // A line for each list of samples: there may be millions.
  return samples === undefined ? `${text}\n` : `${text.slice(0, -2)},\n  "samples": ${JSON.stringify(samples)}\n}\n`;
}

/** @throws ProblemError `run-broken` when a run's record of its data cannot be read */
export async function readDataRecord(runDir: string): Promise<DataRecord> {
  try {
    return dataRecordSchema.parse(JSON.parse(await readFile(join(runDir, RUN_FILES.data), 'utf8')));
  } catch (error) {
    throw new ProblemError({
      code: 'run-broken',
      title: 'Damaged run',
      message: `How this run's data were scaled (${RUN_FILES.data}) cannot be read, so samples cannot be prepared for it. Train the design again. (${error instanceof Error ? error.message : String(error)})`,
    });
  }
}

/** The same; null where there is none: a run that ended before its data were read. A damaged one is refused, never passed over. */
export async function readDataRecordIfThere(runDir: string): Promise<DataRecord | null> {
  return existsSync(join(runDir, RUN_FILES.data)) ? readDataRecord(runDir) : null;
}
