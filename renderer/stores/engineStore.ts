import { create } from 'zustand';
import type { BackendInfo } from '../../core/engine/index.ts';
import { type Problem, toProblem } from '../../core/errors.ts';
import { host } from './host.ts';

interface EngineState {
  readonly backends: readonly BackendInfo[];
  readonly loading: boolean;
  readonly problem: Problem | null;
}

export const useEngine = create<EngineState>()(() => ({ backends: [], loading: false, problem: null }));

/** Asks the engine which backends there are; the first call starts the engine, which takes a moment. */
export async function loadBackends(): Promise<void> {
  useEngine.setState({ loading: true });
  try {
    const backends = await host().call('engine.backends', {});
    useEngine.setState({ backends, loading: false, problem: null });
  } catch (thrown) {
    useEngine.setState({ loading: false, problem: toProblem(thrown) });
  }
}

/** The backend that would do the work now: the one asked for, or what `auto` takes. */
export function workingBackend(backends: readonly BackendInfo[], asked: string): BackendInfo | undefined {
  return asked === 'auto' ? backends.find((one) => one.chosen) : backends.find((one) => one.name === asked);
}
