import { basename } from 'node:path';
import type { LoomDocument } from '../document/index.ts';
import type { EngineEvent } from '../engine/index.ts';
import { ProblemError, toProblem } from '../errors.ts';
import {
  goesOnFrom,
  isActive,
  isResumable,
  type MetricPoint,
  mergePoints,
  type RunRecord,
  type RunStatus,
} from '../runs/index.ts';
import { type RunStore, trainedElsewhere } from '../runs/node.ts';
import type { HostEvent } from './contract/index.ts';
import { type EngineKeeper, engineKeeper } from './engineKeeper.ts';

/** How long a closing host waits for the engine to save the weights of a running run. */
const CLOSE_MS = 8000;
/** How long an engine whose shell has been killed may take to end, while a person waits. */
const ENGINE_ENDS_MS = 3000;
/** Points of the run in training kept here: more than the engine, busy computing, has not yet written to the run's file. */
const RECENT_POINTS = 4096;

interface Options {
  readonly engineFile: string;
  readonly home: string;
  readonly runs: RunStore;
  emit(event: HostEvent): void;
}

export interface Training {
  start(document: LoomDocument, documentPath: string | null): Promise<{ runId: string }>;
  pause(runId: string): Promise<void>;
  resume(runId: string): Promise<void>;
  stop(runId: string): Promise<void>;
  /** The run's whole curve, up to the last point that windows have been told of. */
  metrics(runId: string): Promise<readonly MetricPoint[]>;
  /** The run that is being trained or paused now. */
  readonly active: RunRecord | null;
  readonly enginePid: number | null;
  warm(): void;
  /** Saves what is being trained, marks it `interrupted` and ends the engine. */
  close(): Promise<void>;
}

function requireResumable(record: RunRecord): void {
  if (isResumable(record) || record.status === 'paused') return;
  throw new ProblemError({
    code: 'not-resumable',
    title: 'Cannot resume',
    message:
      record.status === 'finished'
        ? `“${record.name}” has finished all of its ${record.epochs} epochs, so there is nothing to resume. Start a new run with more epochs.`
        : `“${record.name}” is ${record.status}, and only a paused, stopped or interrupted run can be resumed. Start a new run.`,
    facts: { status: record.status },
  });
}

/** One training at a time, in an engine process of its own, whatever windows come and go. */
export function createTraining({ engineFile, home, runs, emit }: Options): Training {
  let active: RunRecord | null = null;
  let recent: readonly MetricPoint[] = [];
  /** Taken before the first `await` of a start, so that two starts in one instant cannot both pass. */
  let starting = false;
  let settled: (() => void) | null = null;
  /** Settles when every start and resume so far has taken effect, or has been undone. */
  let begun: Promise<unknown> = Promise.resolve();
  const begin = <T>(work: () => Promise<T>): Promise<T> => {
    const result = work();
    begun = Promise.allSettled([begun, result]).then(() => undefined);
    return result;
  };

  /** Another program may have the run now. */
  const letGo = (runId: string) => {
    runs.release(runs.dir(runId)).catch((error: unknown) => console.error(error));
  };

  const show = (record: RunRecord) => {
    if (isActive(record)) active = record;
    else if (active?.id === record.id) active = null;
    emit({ type: 'run', record });
    if (!isActive(record)) letGo(record.id);
    if (!active) settled?.();
  };

  /** Writes what the engine can no longer write itself. */
  const mark = async (record: RunRecord, problem: RunRecord['problem'], status: RunStatus) => {
    const stored = await runs.read(record.id).catch(() => record);
    const marked: RunRecord = { ...stored, status, problem, finishedAt: new Date().toISOString() };
    show(await runs.update(runs.dir(record.id), marked));
  };

  const onEvent = (event: EngineEvent) => {
    if (event.type === 'run') {
      const { record } = event;
      // Lists must know of it before anyone is told. A run that could not be begun is taken away again below.
      if (event.unwritten && !starting) void runs.update(runs.dir(record.id), record).then(() => show(record));
      else show(record);
    } else if (event.type === 'metrics') {
      recent = [...recent, ...event.points].slice(-RECENT_POINTS);
      emit({ type: 'metrics', runId: basename(event.runDir), points: event.points });
    } else if (event.type === 'deviceUse') emit({ type: 'deviceUse', runId: basename(event.runDir), use: event.use });
  };

  const onDied = (message: string, details?: string) => {
    const lost = active;
    active = null;
    emit({ type: 'engineDied', runId: lost?.id ?? null, message });
    if (!lost) return;
    void mark(
      lost,
      {
        code: 'engine-died',
        title: 'Training interrupted',
        message: `${message} The run is kept. ${goesOnFrom(lost)}`,
        ...(details !== undefined && { details }),
      },
      'interrupted',
    );
  };

  const engine: EngineKeeper = engineKeeper({ engineFile, home, onEvent, onDied });

  const refuseIfBusy = () => {
    if (!active && !starting) return;
    const name = active?.name ?? 'another run';
    const where = active ? ` (epoch ${Math.min(Math.floor(active.epoch) + 1, active.epochs)} of ${active.epochs})` : '';
    throw new ProblemError({
      code: 'already-training',
      title: 'Already training',
      message: `“${name}”${where} is ${active?.status === 'paused' ? 'paused' : 'training'}, and Layerloom trains one run at a time. Stop it or wait until it has finished.`,
      ...(active && {
        facts: { runId: active.id, name: active.name },
        fixes: [{ label: `Stop “${active.name}”`, host: { method: 'train.stop', params: { runId: active.id } } }],
      }),
    });
  };

  const refuseElsewhere = async (runId: string) => {
    const other = await runs.elsewhere(runs.dir(runId), ENGINE_ENDS_MS);
    if (other !== null) throw trainedElsewhere((await runs.read(runId)).name, other);
  };

  /** The record of a run that this process has claimed. What it says of a training under way is of a process that is gone. */
  const resumable = async (runId: string): Promise<RunRecord> => {
    const dead = await runs.interrupt(runs.dir(runId), 'The program that trained this run ended.');
    const record = dead ?? (await runs.read(runId));
    requireResumable(record);
    return record;
  };

  const requireActive = async (runId: string): Promise<RunRecord> => {
    if (active?.id === runId) return active;
    await refuseElsewhere(runId);
    throw new ProblemError({
      code: 'not-training',
      title: 'Not training',
      message:
        'This run is not being trained now, so it cannot be paused or stopped. The Runs list shows where it stands.',
      facts: { runId },
    });
  };

  /** An engine that trains nothing while a run counts as active: whatever became of it, it must not stand in the way of the next. */
  const freeLost = async (record: RunRecord, error: unknown) => {
    if (toProblem(error).code === 'no-training' && active?.id === record.id && !starting)
      await mark(
        record,
        {
          code: 'training-lost',
          title: 'Training ended',
          message:
            'The engine does not train this run any more. Resume goes on from its last checkpoint, if there is one.',
        },
        'interrupted',
      );
    throw error;
  };

  /** Runs `begin` with `record` as the active run, and undoes that if the engine refuses. */
  const engage = async (record: RunRecord, resume: boolean) => {
    active = { ...record, status: 'starting', problem: null, finishedAt: null };
    recent = [];
    emit({ type: 'run', record: active });
    await engine.call('train.start', { runDir: runs.dir(record.id), resume });
  };

  return {
    start: (document, documentPath) =>
      begin(async () => {
        refuseIfBusy();
        starting = true;
        try {
          const { record } = await runs.create(document, documentPath);
          try {
            await engage(record, false);
          } catch (error) {
            active = null;
            const problem = toProblem(error);
            // The engine refused the design or its data before the first step: the problem says so, and an empty run would only be litter.
            // A death of the engine has been marked in the record already and stays to be seen.
            if (problem.code !== 'engine-died') {
              const failed = await runs.update(runs.dir(record.id), { ...record, status: 'failed', problem });
              await runs.delete(record.id).then(
                () => emit({ type: 'runDeleted', runId: record.id }),
                () => emit({ type: 'run', record: failed }),
              );
            }
            throw error;
          }
          return { runId: record.id };
        } finally {
          starting = false;
        }
      }),
    resume: (runId) =>
      begin(async () => {
        if (active?.id === runId && !starting) {
          const record = active;
          await engine.call('train.resume', {}).catch((error) => freeLost(record, error));
          return;
        }
        refuseIfBusy();
        starting = true;
        try {
          // First, so that what is read then is what this process goes on from.
          await refuseElsewhere(runId);
          await runs.claim(runs.dir(runId));
          const record = await resumable(runId).catch((error: unknown) => {
            letGo(runId);
            throw error;
          });
          try {
            await engage(record, true);
          } catch (error) {
            const problem = toProblem(error);
            if (problem.code === 'run-elsewhere') {
              // Nothing was begun, and the record is the other's.
              active = null;
              emit({ type: 'run', record });
              letGo(runId);
            } else if (problem.code !== 'engine-died') await mark(record, problem, record.status);
            throw error;
          }
        } finally {
          starting = false;
        }
      }),
    pause: async (runId) => {
      const record = await requireActive(runId);
      await engine.call('train.pause', {}).catch((error) => freeLost(record, error));
    },
    stop: async (runId) => {
      const record = await requireActive(runId);
      await engine.call('train.stop', {}).catch((error) => freeLost(record, error));
    },
    metrics: async (runId) => {
      const file = await runs.readMetrics(runId);
      return active?.id === runId ? mergePoints(file, recent) : file;
    },
    get active() {
      return active;
    },
    get enginePid() {
      return engine.pid;
    },
    warm: () => engine.warm(),
    close: async () => {
      const record = active;
      if (record) {
        const ended = new Promise<void>((resolve) => {
          settled = resolve;
        });
        const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
        engine.call('train.stop', {}).catch(() => settled?.());
        await Promise.race([ended, late]);
      }
      engine.close();
      // A start that was stopped takes its empty run away again.
      await begun;
      if (record) {
        const problem = {
          code: 'app-closed',
          title: 'Layerloom was closed',
          message:
            'Layerloom was closed while this run was training. Its weights were saved; Resume goes on from there.',
        };
        const stored = await runs.read(record.id).catch(() => null);
        // A run that came to its own end in these last moments is left as it is.
        if (stored === null || stored.status === 'finished' || stored.status === 'failed') return;
        // Where the disk refuses, the next start finds the run as it was left, and marks it.
        await mark(record, problem, 'interrupted');
      }
    },
  };
}
