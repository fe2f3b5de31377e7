import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ProblemError } from '../errors.ts';
import { fileModeIn, fileProblem, writeWhole } from '../files/node.ts';
import { RUN_FILES } from './files.ts';
import { type MetricPoint, metricPointSchema, type RunRecord, runRecordSchema } from './record.ts';

/** @throws ProblemError `run-not-found` or `run-broken` */
export async function readRecord(dir: string): Promise<RunRecord> {
  let text: string;
  try {
    text = await readFile(join(dir, RUN_FILES.record), 'utf8');
  } catch (error) {
    throw new ProblemError({
      code: 'run-not-found',
      title: 'Run not found',
      message: `There is no run in “${dir}”: its ${RUN_FILES.record} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      facts: { dir },
    });
  }
  const parsed = runRecordSchema.safeParse(parseJson(text));
  // The folder's name is the identity: a copied folder is a run of its own.
  if (parsed.success) return { ...parsed.data, id: basename(resolve(dir)) };
  throw new ProblemError({
    code: 'run-broken',
    title: 'Damaged run',
    message: `The record of the run in “${dir}” (${RUN_FILES.record}) is damaged. Its weights and metrics are still in the folder; delete the run if you do not need them.`,
    facts: { dir },
  });
}

/**
 * Replaces `run.json`; a crash in between leaves the old one. The name on disk stays (`RunStore.rename` changes it), so that
 * the engine, which knows only the name at the start, does not undo a renaming.
 * @returns the record as written
 */
export async function updateRecord(dir: string, record: RunRecord): Promise<RunRecord> {
  const onDisk = await readRecord(dir).catch(() => null);
  const next = onDisk === null ? record : { ...record, name: onDisk.name };
  await writeRecord(dir, next);
  return next;
}

export async function writeRecord(dir: string, record: RunRecord): Promise<void> {
  await writeWhole(join(dir, RUN_FILES.record), `${JSON.stringify(record, null, 2)}\n`, { mode: fileModeIn(dir) });
}

/** `metrics.jsonl` of a run, held open while it trains. A few lines go faster to the system at once than by way of another thread. */
export interface MetricsWriter {
  /** Adds points at the end of the file. */
  append(points: readonly MetricPoint[]): void;
  /** Closes the file. */
  close(): void;
}

/** Opens a run's curve to add to it. A line that a crash cut short is ended first, so that it spoils no other. */
export function openMetrics(dir: string): MetricsWriter {
  const file = openSync(join(dir, RUN_FILES.metrics), 'a+', fileModeIn(dir));
  const append = (text: string) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(file, last, 0, 1, size - 1);
    if (size > 0 && last[0] !== 0x0a) append('\n');
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    append: (points) => append(points.map((point) => `${JSON.stringify(point)}\n`).join('')),
    close: () => closeSync(file),
  };
}

/** Adds points to `metrics.jsonl`. */
export async function appendMetrics(dir: string, points: readonly MetricPoint[]): Promise<void> {
  if (points.length === 0) return;
  const writer = openMetrics(dir);
  try {
    writer.append(points);
  } finally {
    writer.close();
  }
}

/**
 * Every point that can be read, in order. Damaged lines are passed over; a run without metrics has none.
 * @throws ProblemError when there are metrics and the system refuses to read them: that is no empty curve
 */
export async function readMetrics(dir: string): Promise<MetricPoint[]> {
  const path = join(dir, RUN_FILES.metrics);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw fileProblem('read', path, error);
  });
  const points: MetricPoint[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = metricPointSchema.safeParse(parseJson(line));
    if (parsed.success) points.push(parsed.data);
  }
  return points;
}

/** Drops the points after `step`: what a run resumed from an earlier checkpoint will measure again. */
export async function truncateMetrics(dir: string, step: number): Promise<void> {
  const kept = (await readMetrics(dir)).filter((point) => point.step <= step);
  await writeWhole(join(dir, RUN_FILES.metrics), kept.map((point) => `${JSON.stringify(point)}\n`).join(''), {
    mode: fileModeIn(dir),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
