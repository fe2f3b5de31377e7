import { create } from 'zustand';
import type { BackendInfo, BackendName, InstallProgress } from '../../core/engine/index.ts';
import { type Problem, toProblem } from '../../core/errors.ts';
import { host } from './host.ts';

/** What people call the backends. */
export const BACKEND_TITLES: { readonly [N in BackendName]: string } = {
  tensorflow: 'TensorFlow',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};

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

/** An install going on in the host, as far as this window knows. */
export const useInstall = create<{ readonly progress: InstallProgress | null; readonly problem: Problem | null }>()(
  () => ({ progress: null, problem: null }),
);

/** Follows installs, also those that another window or an earlier load of this page started. Call once. */
export function followInstalls(): () => void {
  return host().onEvent((event) => {
    if (event.type !== 'install') return;
    if (event.progress.step !== 'done') return useInstall.setState({ progress: event.progress, problem: null });
    useInstall.setState({ progress: null, problem: null });
    void loadBackends();
  });
}

/** Downloads, builds and checks TensorFlow; the store tells how far it is and why it failed. */
export async function installTensorflow(): Promise<void> {
  useInstall.setState({
    progress: { name: 'tensorflow', step: 'prepare', message: 'Preparing', fraction: null },
    problem: null,
  });
  try {
    await host().call('engine.install', { name: 'tensorflow' });
    useInstall.setState({ progress: null });
  } catch (thrown) {
    const problem = toProblem(thrown);
    // Cancelling is no failure: the button is back, and that says it.
    useInstall.setState({ progress: null, problem: problem.code === 'engine-cancelled' ? null : problem });
  }
  await loadBackends();
}

export async function cancelInstall(): Promise<void> {
  await host()
    .call('engine.cancelInstall', {})
    .catch((thrown) => useInstall.setState({ problem: toProblem(thrown) }));
}

export async function removeTensorflow(): Promise<void> {
  try {
    await host().call('engine.uninstall', { name: 'tensorflow' });
    useInstall.setState({ problem: null });
  } catch (thrown) {
    useInstall.setState({ problem: toProblem(thrown) });
  }
  await loadBackends();
}

/** The backend that would do the work now: the one asked for, or what `auto` takes. */
export function workingBackend(backends: readonly BackendInfo[], asked: string): BackendInfo | undefined {
  return asked === 'auto' ? backends.find((one) => one.chosen) : backends.find((one) => one.name === asked);
}
