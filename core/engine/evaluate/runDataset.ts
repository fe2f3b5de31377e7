import type { DataChanges, PictureProgress } from '../../data/index.ts';
import { type LoadedDataset, reopenDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { toProblem } from '../../errors.ts';
import type { Call } from '../../rpc/index.ts';
import { readDataRecordIfThere } from '../checkpoint/dataRecord.ts';
import { readRunDesign } from '../checkpoint/runDocument.ts';

/** A run's design with the data it learnt from: those samples that are still as they were, each in its part. */
export interface RunDataset {
  readonly document: LoomDocument;
  readonly dataset: LoadedDataset;
  /** What became of the data since the run; null where nothing can have. */
  readonly changes: DataChanges | null;
}

let held: { readonly runDir: string; readonly opened: Promise<RunDataset> } | null = null;

/**
 * Reads a run's data anew. They are kept until another run's are asked for, so that the samples behind an evaluation can be looked at
 * without reading the file again for each.
 * @throws ProblemError when the run or its data cannot be read
 */
export function openRunDataset(runDir: string, call: Partial<Call<PictureProgress>> = {}): Promise<RunDataset> {
  const opened = read(runDir, call);
  const mine = { runDir, opened };
  held = mine;
  opened.catch(() => {
    if (held === mine) held = null;
  });
  return opened;
}

/** The data of a run as the last evaluation read them; read now where there was none, or where its reading was cancelled. */
export async function keptRunDataset(runDir: string, call: Pick<Call, 'signal'>): Promise<RunDataset> {
  if (held?.runDir !== runDir) return openRunDataset(runDir, call);
  try {
    return await held.opened;
  } catch (error) {
    if (toProblem(error).code !== 'cancelled' || call.signal.aborted) throw error;
    return keptRunDataset(runDir, call);
  }
}

async function read(runDir: string, call: Partial<Call<PictureProgress>>): Promise<RunDataset> {
  const { document, baseDir } = await readRunDesign(runDir);
  // A run that failed before its first step has no record of its data.
  const data = await readDataRecordIfThere(runDir);
  // Nobody trains with them: one part of them is asked for, or a few samples.
  return { document, ...(await reopenDataset(document.data, baseDir, data, { ...call, pixels: false })) };
}
