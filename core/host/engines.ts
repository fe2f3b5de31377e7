import type { BackendName, Benchmark } from '../engine/index.ts';
import { type Problem, ProblemError } from '../errors.ts';
import { isTraining } from '../runs/index.ts';
import type { HostEvent } from './contract/index.ts';
import { createDeviceTest } from './deviceTest.ts';
import type { EngineKeeper } from './engineKeeper.ts';
import type { Training } from './training.ts';

interface Options {
  readonly engineFile: string;
  readonly home: string;
  readonly services: EngineKeeper;
  readonly training: Training;
  emit(event: HostEvent): void;
}

/** Installing, removing and testing engines: what must not happen beside one another, nor beside a training. */
export interface Engines {
  install(name: 'tensorflow', signal: AbortSignal): Promise<void>;
  /** Ends an installation under way, if there is one, whoever asked for it. */
  endInstall(): void;
  uninstall(name: 'tensorflow'): Promise<void>;
  test(name: BackendName): Promise<Benchmark>;
  /** Ends a test under way, if there is one; `why` is a sentence for whoever asked for it. */
  endTest(why: string): void;
}

export function createEngines({ engineFile, home, services, training, emit }: Options): Engines {
  const deviceTest = createDeviceTest({
    engineFile,
    home,
    onChange: (testing) => emit({ type: 'deviceTest', testing }),
  });
  let installing: AbortController | null = null;
  const endTest = (why: string) => deviceTest.stop(testEnded(why));

  return {
    install: async (name, signal) => {
      if (installing)
        throw new ProblemError({
          code: 'already-installing',
          title: 'Install under way',
          message: 'TensorFlow is being installed already. Wait until it is done, or cancel it.',
        });
      endTest('An engine is being installed, so the figure would have been wrong. Test the device when that is done.');
      const mine = new AbortController();
      installing = mine;
      try {
        await services.call(
          'backends.install',
          { name },
          {
            signal: AbortSignal.any([signal, mine.signal]),
            onProgress: (progress) => emit({ type: 'install', progress }),
          },
        );
      } finally {
        installing = null;
      }
    },
    endInstall: () => installing?.abort(),
    uninstall: async (name) => {
      if (training.active !== null)
        throw new ProblemError({
          code: 'run-active',
          title: 'Still training',
          message: `“${training.active.name}” may be using it. Stop the run first, then remove TensorFlow.`,
        });
      endTest('The engine was removed.');
      await services.call('backends.uninstall', { name });
    },
    test: async (name) => {
      const run = training.active;
      if (run !== null && isTraining(run))
        throw new ProblemError({
          code: 'run-active',
          title: 'Still training',
          message: `“${run.name}” is training, so the figure would be wrong. Pause or stop the run, or wait until it is done, then test the device.`,
          facts: { runId: run.id },
        });
      if (installing)
        throw new ProblemError({
          code: 'already-installing',
          title: 'Install under way',
          message: 'An engine is being installed, so the figure would be wrong. Test the device when that is done.',
        });
      return deviceTest.run(name);
    },
    endTest,
  };
}

function testEnded(message: string): Problem {
  return { code: 'test-cancelled', severity: 'info', title: 'Test ended', message };
}
