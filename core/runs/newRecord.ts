import { resolve } from 'node:path';
import type { LoomDocument } from '../document/index.ts';
import type { Problem } from '../errors.ts';
import type { RunRecord } from './record.ts';

/** What a run is before its first step. */
const BEFORE_TRAINING = {
  finishedAt: null,
  backend: null,
  device: null,
  backendReason: null,
  epoch: 0,
  step: 0,
  stepsPerEpoch: 0,
  samplesPerSecond: null,
  elapsed: 0,
  metrics: {},
  best: null,
} as const;

/** The record of a run about to start, numbered on from the other runs of the same design: "digits-cnn 3". */
export function newRecord(
  id: string,
  document: LoomDocument,
  documentPath: string | null,
  createdAt: Date,
  others: readonly RunRecord[],
): RunRecord {
  const { seed, epochs } = document.training;
  const numbers = others
    .filter((record) => record.documentName === document.name)
    .map((record) => Number(/ (\d+)$/.exec(record.name)?.[1] ?? 0));
  return {
    ...BEFORE_TRAINING,
    id,
    name: `${document.name} ${Math.max(0, ...numbers) + 1}`,
    documentName: document.name,
    ...(document.id === undefined ? {} : { documentId: document.id }),
    documentPath: documentPath === null ? null : resolve(documentPath),
    status: 'starting',
    createdAt: createdAt.toISOString(),
    seed,
    epochs,
    problem: null,
  };
}

/** Stands in for a record that cannot be read, so that its run can be seen and deleted. */
export function brokenRecord(id: string, createdAt: string, { code, title, message }: Problem): RunRecord {
  return {
    ...BEFORE_TRAINING,
    id,
    name: id,
    documentName: id,
    documentPath: null,
    status: 'failed',
    createdAt,
    seed: 0,
    epochs: 0,
    problem: { code, title, message },
  };
}
