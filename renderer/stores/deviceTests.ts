import { create } from 'zustand';
import type { BackendName } from '../../core/engine/index.ts';
import { type Problem, toProblem } from '../../core/errors.ts';
import { loadBackends, useEngine } from './engineStore.ts';
import { host } from './host.ts';

interface DeviceTests {
  /** The device that is being tested now, by this window or another. */
  readonly testing: BackendName | null;
  /** Devices that wait for their turn in this window. */
  readonly waiting: readonly BackendName[];
  /** Why the last test of a device gave no figure. */
  readonly problems: { readonly [N in BackendName]?: Problem };
}

export const useDeviceTests = create<DeviceTests>()(() => ({ testing: null, waiting: [], problems: {} }));

/** Follows tests, also those that another window or an earlier load of this page started. Call once. */
export function followDeviceTests(): () => void {
  return host().onEvent((event) => {
    if (event.type !== 'deviceTest') return;
    useDeviceTests.setState({ testing: event.testing });
    if (event.testing === null) void loadBackends();
  });
}

/** Tests one device after another. The engine keeps the figures; the store says why there is none. */
export async function testDevices(names: readonly BackendName[]): Promise<void> {
  const { testing, waiting } = useDeviceTests.getState();
  if (testing !== null || waiting.length > 0) return;
  useDeviceTests.setState({ waiting: names });
  for (;;) {
    const [name, ...rest] = useDeviceTests.getState().waiting;
    if (name === undefined) return;
    useDeviceTests.setState(({ problems }) => ({
      testing: name,
      waiting: rest,
      problems: { ...problems, [name]: undefined },
    }));
    try {
      await host().call('engine.test', { name });
    } catch (thrown) {
      note(name, toProblem(thrown));
    }
    useDeviceTests.setState({ testing: null });
    await loadBackends();
  }
}

/** Every device that can be tested in reasonable time: software that imitates a graphics processor takes too long. */
export function testAllDevices(): Promise<void> {
  const { backends } = useEngine.getState();
  return testDevices(backends.filter((one) => one.available && !one.software).map((one) => one.name));
}

/** Ends the test under way, and those that wait. */
export async function cancelTests(): Promise<void> {
  useDeviceTests.setState({ waiting: [] });
  const { testing } = useDeviceTests.getState();
  await host()
    .call('engine.cancelTest', {})
    .catch((thrown) => testing !== null && note(testing, toProblem(thrown)));
}

function note(name: BackendName, problem: Problem): void {
  useDeviceTests.setState(({ problems }) => ({ problems: { ...problems, [name]: problem } }));
}
