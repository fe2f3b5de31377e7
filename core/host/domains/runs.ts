import { ProblemError } from '../../errors.ts';
import type { Handlers } from '../../rpc/index.ts';
import type { RunStore } from '../../runs/node.ts';
import type { HostEvent } from '../contract/index.ts';
import type { runMethods } from '../contract/runs.ts';
import type { EngineKeeper } from '../engineKeeper.ts';
import type { Engines } from '../engines.ts';
import type { RunsElsewhere } from '../runsElsewhere.ts';
import type { Training } from '../training.ts';
import { existingRunDir } from './existingRunDir.ts';

interface Options {
  readonly runs: RunStore;
  readonly training: Training;
  readonly elsewhere: RunsElsewhere;
  readonly engines: Engines;
  readonly services: EngineKeeper;
  emit(event: HostEvent): void;
}

const TRAINING_STARTED = 'A training started, so the figure would have been wrong. Test the device when it is over.';

export function runHandlers(options: Options): Handlers<typeof runMethods> {
  const { runs, training, elsewhere, engines, services, emit } = options;
  return {
    'train.start': ({ document, documentPath }) => {
      engines.endTest(TRAINING_STARTED);
      return training.start(document, documentPath);
    },
    'train.pause': async ({ runId }) => {
      await training.pause(runId);
      return {};
    },
    'train.resume': async ({ runId }) => {
      engines.endTest(TRAINING_STARTED);
      await training.resume(runId);
      return {};
    },
    'train.stop': async ({ runId }) => {
      await training.stop(runId);
      return {};
    },
    'runs.list': () => elsewhere.list(),
    'runs.metrics': async ({ runId }) => [...(await training.metrics(runId))],
    'runs.document': async ({ runId }) => ({ text: await runs.readDocument(runId) }),
    'runs.samples': async ({ runId, samples }, call) =>
      services.call('run.samples', { runDir: await existingRunDir(runs, runId), samples }, call),
    'runs.describe': async ({ runId }, call) =>
      services.call('run.describe', { runDir: await existingRunDir(runs, runId) }, call),
    'runs.preview': async ({ runId, ...part }, call) =>
      services.call('run.preview', { ...part, runDir: await existingRunDir(runs, runId) }, call),
    'runs.rename': async ({ runId, name }) => {
      emit({ type: 'run', record: await runs.rename(runId, name) });
      return {};
    },
    'runs.delete': async ({ runId }) => {
      if (training.active?.id === runId)
        throw new ProblemError({
          code: 'run-active',
          title: 'Still training',
          message: `“${training.active.name}” is being trained. Stop it first, then delete it.`,
          facts: { runId },
        });
      await runs.delete(runId);
      emit({ type: 'runDeleted', runId });
      return {};
    },
  };
}
