import { rm } from 'node:fs/promises';
import type { EngineClient } from '../../engine/node.ts';
import { ProblemError, toProblem } from '../../errors.ts';
import { openDataFolder, userHome } from '../../host/node.ts';
import { isActive, type RunRecord } from '../../runs/index.ts';
import type { RunStore } from '../../runs/node.ts';
import { checkDesign, openDesign } from '../designs.ts';
import { openRunStore } from '../findRun.ts';
import { type Output, problemLines, reportError } from '../output.ts';
import { createTrainProgress, metricsText, type TrainProgress } from '../trainProgress.ts';
import { type TrainOptions, withTrainOptions } from '../trainSettings.ts';
import { withEngine } from '../withEngine.ts';

/** Exit status of a program ended by Ctrl-C, as shells report it. */
const INTERRUPTED = 130;

/**
 * `layerloom train FILE`. Ctrl-C stops after the current step with weights saved; a second one ends at once.
 * @returns the exit code: 0 when all epochs were trained, 130 when stopped
 */
export async function train(file: string, options: TrainOptions, output: Output): Promise<number> {
  const design = await openDesign(file);
  const document = withTrainOptions(design.document, options);
  const { problems } = await checkDesign(document, design.path);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const others = errors.length > 1 ? ` (and ${errors.length - 1} more: layerloom inspect ${file})` : '';
    throw new ProblemError({ ...first, severity: 'error', message: `${first.message}${others}` });
  }
  if (document.data.source.kind === 'none') {
    throw new ProblemError({
      code: 'no-data',
      title: 'No data',
      message: `${design.path} has no data to train with. Name some with --data: a built-in dataset, or a CSV file.`,
    });
  }
  for (const line of problemLines(problems, (id) => id)) output.line(line);

  await openDataFolder(userHome());
  const store = openRunStore();
  return withEngine(async (engine) => {
    const { record, dir } = await store.create(document, design.path, options.out);
    const run = options.out === undefined ? record.id : dir;
    output.data({ type: 'start', run, dir });
    const { last, killed } = await follow(engine, store, record, dir, output);
    const { status, metrics, problem, findings = [] } = last;
    if (status === 'failed' || status === 'interrupted') {
      const error = new ProblemError({
        code: problem?.code ?? `run-${status}`,
        title: problem?.title ?? 'Training ended',
        message: problem?.message ?? `Training ended early (${status}).`,
        ...(problem?.details !== undefined && { details: problem.details }),
        facts: { run },
      });
      if (!killed) throw error;
      reportError(error, output.json);
      return INTERRUPTED;
    }
    output.line(`${status === 'stopped' ? 'Stopped' : 'Done'}: ${metricsText(metrics)}`);
    for (const line of problemLines(findings, (id) => id)) output.line(line);
    output.line(`Run ${run}  (${dir})`);
    output.data({ type: 'done', run, dir, status, metrics, findings });
    return status === 'stopped' ? INTERRUPTED : 0;
  });
}

/** Starts the run and waits for its last record. `killed`: a second Ctrl-C ended it. */
async function follow(
  engine: EngineClient,
  store: RunStore,
  record: RunRecord,
  dir: string,
  output: Output,
): Promise<{ last: RunRecord; killed: boolean }> {
  const progress = createTrainProgress(output);
  let onSignal = (): void => undefined;
  let killed = false;
  try {
    const last = await new Promise<RunRecord>((resolve, reject) => {
      const interrupt = (message: string, details?: string): void => {
        store
          .interrupt(dir, message, details)
          .then((marked) => resolve(marked ?? { ...record, status: 'interrupted' }), reject);
      };
      let stopping = false;
      onSignal = () => {
        if (stopping) {
          killed = true;
          engine.kill();
          interrupt(
            'Training was ended at once, before its weights were saved. What was saved last is in the run’s folder.',
          );
          return;
        }
        stopping = true;
        process.stderr.write('\nStopping after this step; weights will be saved. Ctrl-C again ends at once.\n');
        // Refused when it has not begun or has just ended; then the record's status tells.
        engine.call('train.stop', {}).catch(() => undefined);
      };
      process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
      listen(engine, dir, progress, resolve);
      engine.onExit(({ message, details }) => interrupt(message, details));
      engine.call('train.start', { runDir: dir, resume: false }).catch(async (error: unknown) => {
        // The engine's end is told by onExit, which keeps the run; a refusal before the first step leaves nothing worth keeping.
        if (toProblem(error).code === 'engine-died') return;
        await rm(dir, { recursive: true, force: true });
        reject(error);
      });
    });
    return { last, killed };
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    progress.end();
  }
}

function listen(engine: EngineClient, dir: string, progress: TrainProgress, ended: (record: RunRecord) => void): void {
  engine.onEvent((event) => {
    if (event.runDir !== dir) return;
    if (event.type === 'metrics') progress.points(event.points);
    else if (event.type === 'deviceUse') progress.use(event.use);
    else {
      progress.record(event.record);
      if (!isActive(event.record)) ended(event.record);
    }
  });
}
