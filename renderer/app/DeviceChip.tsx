import { useDocument } from '../stores/documentStore.ts';
import { BACKEND_TITLES, useEngine, workingBackend } from '../stores/engineStore.ts';
import { liveRun, useRuns } from '../stores/runsStore.ts';
import { showDevices } from '../stores/uiStore.ts';
import { Tooltip } from '../ui/index.ts';

/** Which device does the work, or would do it; opens the panel of all devices. */
export function DeviceChip() {
  const asked = useDocument((state) => state.document.training.backend);
  const backends = useEngine((state) => state.backends);
  const loading = useEngine((state) => state.loading);
  const problem = useEngine((state) => state.problem);
  const training = useRuns((state) => liveRun(state)?.device ?? null);
  const why = useRuns((state) => liveRun(state)?.backendReason ?? null);
  const backend = workingBackend(backends, asked);
  const state = training !== null || backend?.available === true ? 'good' : loading ? 'wait' : 'bad';
  const text =
    training ??
    (backend?.available === true
      ? backend.device
      : loading
        ? 'Starting the engine'
        : backend === undefined
          ? 'No engine'
          : `${BACKEND_TITLES[backend.name]} is not available`);
  const help =
    training === null
      ? (problem?.message ??
        (backend === undefined
          ? 'Looking for what can train here.'
          : (asked === 'auto' && backend.why) || backend.reason || backend.device))
      : `The run under way computes on it. ${why ?? ''}`;
  return (
    <Tooltip content={help}>
      <button type="button" className="device-chip" onClick={showDevices}>
        <span className={`device-dot device-${state}`} aria-hidden />
        <span className="device-text" title={text}>
          {text}
        </span>
      </button>
    </Tooltip>
  );
}
