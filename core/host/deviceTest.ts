import type { BackendName, Benchmark } from '../engine/index.ts';
import { startEngine } from '../engine/node.ts';
import { type Problem, ProblemError, toProblem } from '../errors.ts';

/** A test takes five seconds, on a very slow device twenty; after this long it hangs. */
const LIMIT_MS = 120_000;

/** The test of a device's speed. */
export interface DeviceTest {
  /**
   * Trains the standard network for some seconds in a process of its own, which a driver that crashes or hangs takes down without anyone
   * else. The figures are kept in the user's data folder. One at a time.
   * @throws ProblemError why there is no figure
   */
  run(name: BackendName): Promise<Benchmark>;
  /** Ends the test under way, if there is one; it is then answered with this problem. */
  stop(problem: Problem): void;
}

interface Options {
  /** The built engine, dist/engine.cjs. */
  readonly engineFile: string;
  /** The user's data folder. */
  readonly home: string;
  /** Told when a test begins, with its backend, and when it is over, with null. */
  readonly onChange?: (testing: BackendName | null) => void;
}

/** Tests one device at a time, each in an engine process of its own. */
export function createDeviceTest({ engineFile, home, onChange }: Options): DeviceTest {
  let stopCurrent: ((problem: Problem) => void) | null = null;

  return {
    run: async (name) => {
      if (stopCurrent)
        throw new ProblemError({
          code: 'already-testing',
          title: 'Test under way',
          message: 'Another device is being tested, and two at once would slow each other down. Wait some seconds.',
        });
      const engine = startEngine({ engineFile, home });
      const stopped = new Promise<never>((_, reject) => {
        stopCurrent = (problem) => reject(new ProblemError(problem));
      });
      let ending = '';
      engine.onExit(({ cause }) => {
        ending = cause;
      });
      const limit = setTimeout(() => stopCurrent?.(hangs(name)), LIMIT_MS);
      onChange?.(name);
      try {
        return await Promise.race([engine.call('backends.benchmark', { name }), stopped]);
      } catch (thrown) {
        throw new ProblemError(ofTheTest(name, toProblem(thrown), ending));
      } finally {
        clearTimeout(limit);
        stopCurrent = null;
        engine.kill();
        onChange?.(null);
      }
    },
    stop: (problem) => stopCurrent?.(problem),
  };
}

function hangs(name: BackendName): Problem {
  return {
    code: 'device-test-failed',
    severity: 'error',
    title: 'Test failed',
    message: `The test of ${name} was ended after ${LIMIT_MS / 1000} s without a result: its driver seems to hang. Update the driver, then test again.`,
  };
}

/** A device or an engine that is lost means an interrupted training to most; here it only means that there is no figure. */
function ofTheTest(name: BackendName, problem: Problem, ending: string): Problem {
  if (problem.code !== 'engine-died' && problem.code !== 'device-lost') return problem;
  const what = problem.code === 'engine-died' && ending !== '' ? ending : problem.message;
  return {
    code: 'device-test-failed',
    severity: 'error',
    title: 'Test failed',
    message: `The test of ${name} ended before there was a figure. ${what} Nothing else is affected: update the device’s driver and test again, or train on another device.`,
    facts: { backend: name },
    ...(problem.details !== undefined && { details: problem.details }),
  };
}
