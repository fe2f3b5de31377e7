import { dirname } from 'node:path';
import type { DataChanges } from '../../data/index.ts';
import { type LoadedDataset, reopenDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { readRecord } from '../../runs/node.ts';
import { readDataRecordIfThere } from '../checkpoint/dataRecord.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';

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
export function openRunDataset(runDir: string): Promise<RunDataset> {
  const opened = read(runDir);
  const mine = { runDir, opened };
  held = mine;
  opened.catch(() => {
    if (held === mine) held = null;
  });
  return opened;
}

/** The data of a run as the last evaluation read them; read now where there was none. */
export function keptRunDataset(runDir: string): Promise<RunDataset> {
  return held?.runDir === runDir ? held.opened : openRunDataset(runDir);
}

async function read(runDir: string): Promise<RunDataset> {
  const [record, document] = await Promise.all([readRecord(runDir), readRunDocument(runDir)]);
  const baseDir = record.documentPath === null ? null : dirname(record.documentPath);
  // A run that failed before its first step has no record of its data.
  const data = await readDataRecordIfThere(runDir);
  // Nobody trains with them: one part of them is asked for, or a few samples.
  return { document, ...(await reopenDataset(document.data, baseDir, data, { pixels: false })) };
}
