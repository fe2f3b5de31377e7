import { fileURLToPath } from 'node:url';
import { describeDataset, loadDataset, previewSamples, samplesById } from '../data/node.ts';
import { ProblemError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { Handlers } from '../rpc/index.ts';
import { engineModuleUrl } from './backends/engineModuleUrl.ts';
import { activateBackend, ensureBackend, listBackends } from './backends/registry.ts';
import { benchmarkTraining } from './benchmark/benchmarkTraining.ts';
import { writeBenchmark } from './benchmark/storedBenchmarks.ts';
import { collectGarbage } from './collectGarbage.ts';
import { evaluateRun } from './evaluate/evaluate.ts';
import { keptRunDataset, openRunDataset } from './evaluate/runDataset.ts';
import { releaseTrainedModel } from './evaluate/trainedModel.ts';
import { exportPreview, exportWrite } from './export/index.ts';
import { checkInOwnProcess } from './install/checkInOwnProcess.ts';
import { installTensorflow, uninstallTensorflow } from './install/installTensorflow.ts';
import { mutex } from './mutex.ts';
import { predictWithRun } from './predict/predict.ts';
import type { EngineEvent, engineMethods } from './protocol.ts';
import { throttle } from './throttle.ts';
import { TrainingSession } from './train/session.ts';
import { runWeights } from './weights/runWeights.ts';

export interface EngineOptions {
  readonly home: string;
  readonly emit: (event: EngineEvent) => void;
}

export interface Engine {
  readonly handlers: Handlers<typeof engineMethods>;
  /** Resolves when no training is under way. */
  trainingOver(): Promise<void>;
}

/** What the engine can be asked. One training at a time; everything else is answered beside it. */
export function createMethods({ home, emit }: EngineOptions): Engine {
  const environment = { home };
  let session: TrainingSession | null = null;

  const running = (): TrainingSession => {
    if (session) return session;
    throw new ProblemError({
      code: 'no-training',
      title: 'No training',
      message: 'No training is under way in the engine. Start or resume a run first.',
    });
  };
  // One model is kept for all questions: another question must not release it while it is at work.
  const withTrainedModel = mutex();
  let installing = false;
  /** The last dataset looked at: paging through samples must not read the file again each time. */
  let previewed: { key: string; dataset: Awaited<ReturnType<typeof loadDataset>> } | null = null;

  const handlers: Handlers<typeof engineMethods> = {
    'backends.list': async () => listBackends(environment),
    'backends.install': async ({ name }, { signal, onProgress }) => {
      if (installing)
        throw new ProblemError({
          code: 'already-installing',
          title: 'Install under way',
          message: 'TensorFlow is being installed already. Wait until it is done, or cancel it.',
        });
      installing = true;
      try {
        const { dir } = await installTensorflow({
          home,
          anchor: fileURLToPath(engineModuleUrl()),
          signal,
          onProgress: (progress) => onProgress({ name, ...progress }),
          check: checkInOwnProcess,
        });
        return { dir };
      } finally {
        installing = false;
      }
    },
    'backends.uninstall': async () => ({ removed: await uninstallTensorflow(home) }),
    'backends.benchmark': async ({ name }) => {
      if (session)
        throw new ProblemError({
          code: 'run-active',
          title: 'Still training',
          message:
            'A training is under way in the engine, so the figure would be wrong. Test the device when it is over.',
        });
      const { info } = await activateBackend(name, environment);
      const timing = await benchmarkTraining();
      const measured = { ...timing, measuredAt: new Date().toISOString(), device: info.device, version: info.version };
      await writeBenchmark(home, name, measured);
      return measured;
    },
    'data.describe': async ({ settings, baseDir }, { signal, onProgress }) => {
      previewed = null;
      return describeDataset(settings, baseDir, { signal, onProgress: throttle(onProgress) });
    },
    'data.preview': async ({ settings, baseDir, split, offset, count }, { signal }) => {
      const key = JSON.stringify([settings, baseDir]);
      if (previewed?.key !== key)
        previewed = { key, dataset: await loadDataset(settings, baseDir, { pixels: false, signal }) };
      return previewSamples(previewed.dataset, split, offset, count);
    },
    'train.start': async ({ runDir, resume }) => {
      if (session)
        throw new ProblemError({
          code: 'already-training',
          title: 'Training under way',
          message: 'The engine trains one run at a time, and one is under way. Stop it, or wait until it is done.',
        });
      const started = new TrainingSession({ runDir, home, emit });
      session = started;
      try {
        // It may live on another backend than the one this training asks for.
        await withTrainedModel(async () => releaseTrainedModel());
        await started.start(resume);
      } catch (error) {
        session = null;
        throw error;
      }
      void started.done().finally(() => {
        session = null;
        // Not at once: what calls this still holds the session and its data.
        setImmediate(collectGarbage);
      });
      return {};
    },
    'train.pause': async () => {
      running().pause();
      return {};
    },
    'train.resume': async () => {
      running().resume();
      return {};
    },
    'train.stop': async () => {
      running().stop();
      return {};
    },
    evaluate: ({ runDir, split, weights }, { signal, onProgress }) =>
      withTrainedModel(async () => {
        await ensureBackend(environment);
        return evaluateRun(runDir, split, weights, { signal, onProgress: throttle(onProgress) });
      }, signal),
    'run.samples': async ({ runDir, samples }, { signal }) =>
      samplesById((await keptRunDataset(runDir, { signal })).dataset, samples),
    'run.describe': async ({ runDir }, { signal, onProgress }) =>
      (await openRunDataset(runDir, { signal, onProgress: throttle(onProgress) })).dataset.description,
    'run.preview': async ({ runDir, split, offset, count }, { signal }) =>
      previewSamples((await keptRunDataset(runDir, { signal })).dataset, split, offset, count),
    'run.weights': ({ runDir, weights, node }, { signal }) => runWeights(runDir, weights, node, signal),
    predict: ({ runDir, weights, inputs }, { signal }) =>
      withTrainedModel(async () => {
        await ensureBackend(environment);
        return predictWithRun(runDir, weights, inputs as JsonValue[], signal);
      }, signal),
    'export.preview': async ({ source, format }, { signal }) => {
      await ensureBackend(environment);
      return exportPreview(source, format, { signal });
    },
    'export.write': async ({ source, format, path, replace }, { signal, onProgress }) => {
      await ensureBackend(environment);
      return exportWrite(source, format, path, replace, { signal, onProgress: throttle(onProgress) });
    },
  };
  return { handlers, trainingOver: async () => session?.done() };
}
