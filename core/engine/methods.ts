import { fileURLToPath } from 'node:url';
import { describeDataset, loadDataset, previewSamples, samplesById } from '../data/node.ts';
import { ProblemError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
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
import type { EngineParams, EngineResult } from './node.ts';
import { predictWithRun } from './predict/predict.ts';
import type { EngineEvent, EngineMethod } from './protocol.ts';
import { throttle } from './throttle.ts';
import { TrainingSession } from './train/session.ts';

export interface EngineOptions {
  readonly home: string;
  readonly emit: (event: EngineEvent) => void;
}

export type MethodTable = { readonly [M in EngineMethod]: (params: EngineParams<M>) => Promise<EngineResult<M>> };

export interface Engine {
  readonly methods: MethodTable;
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
  let install: AbortController | null = null;
  /** The last dataset looked at: paging through samples must not read the file again each time. */
  let previewed: { key: string; dataset: Awaited<ReturnType<typeof loadDataset>> } | null = null;

  const methods: MethodTable = {
    'backends.list': async () => listBackends(environment),
    'backends.install': async ({ name }) => {
      if (install)
        throw new ProblemError({
          code: 'already-installing',
          title: 'Install under way',
          message: 'TensorFlow is being installed already. Wait until it is done, or cancel it.',
        });
      const controller = new AbortController();
      install = controller;
      try {
        const { dir } = await installTensorflow({
          home,
          anchor: fileURLToPath(engineModuleUrl()),
          signal: controller.signal,
          onProgress: (progress) => emit({ type: 'install', progress: { name, ...progress } }),
          check: checkInOwnProcess,
        });
        return { dir };
      } finally {
        install = null;
      }
    },
    'backends.cancelInstall': async () => {
      install?.abort();
      return {};
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
    'data.describe': async ({ settings, baseDir }) => {
      previewed = null;
      return describeDataset(settings, baseDir, {
        onProgress: throttle((progress) => emit({ type: 'reading', progress })),
      });
    },
    'data.preview': async ({ settings, baseDir, split, offset, count }) => {
      const key = JSON.stringify([settings, baseDir]);
      if (previewed?.key !== key) previewed = { key, dataset: await loadDataset(settings, baseDir, { pixels: false }) };
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
    evaluate: ({ runDir, split, weights }) =>
      withTrainedModel(async () => {
        await ensureBackend(environment);
        return evaluateRun(runDir, split, weights);
      }),
    'run.samples': async ({ runDir, samples }) => samplesById((await keptRunDataset(runDir)).dataset, samples),
    'run.describe': async ({ runDir }) => (await openRunDataset(runDir)).dataset.description,
    'run.preview': async ({ runDir, split, offset, count }) =>
      previewSamples((await keptRunDataset(runDir)).dataset, split, offset, count),
    predict: ({ runDir, weights, inputs }) =>
      withTrainedModel(async () => {
        await ensureBackend(environment);
        return predictWithRun(runDir, weights, inputs as JsonValue[]);
      }),
    'export.preview': async ({ source, format }) => {
      await ensureBackend(environment);
      return exportPreview(source, format);
    },
    'export.write': async ({ source, format, path, replace }) => {
      await ensureBackend(environment);
      return exportWrite(source, format, path, replace);
    },
  };
  return { methods, trainingOver: async () => session?.done() };
}
