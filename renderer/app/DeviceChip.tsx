import { useDocument } from '../stores/documentStore.ts';
import { useEngine, workingBackend } from '../stores/engineStore.ts';
import { goToRoom } from '../stores/uiStore.ts';
import { Tooltip } from '../ui/index.ts';

/** Which backend does the work; opens the Train room, where it is chosen. */
export function DeviceChip() {
  const asked = useDocument((state) => state.document.training.backend);
  const backends = useEngine((state) => state.backends);
  const loading = useEngine((state) => state.loading);
  const problem = useEngine((state) => state.problem);
  const backend = workingBackend(backends, asked);
  const state = backend?.available === true ? 'good' : loading ? 'wait' : 'bad';
  const text =
    backend?.available === true
      ? backend.device
      : loading
        ? 'Starting the engine'
        : backend === undefined
          ? 'No engine'
          : `${backend.name} is not available`;
  const help =
    problem?.message ?? (backend === undefined ? 'Looking for what can train here.' : backend.reason || backend.device);
  return (
    <Tooltip content={help}>
      <button type="button" className="device-chip" onClick={() => goToRoom('train')}>
        <span className={`device-dot device-${state}`} aria-hidden />
        <span className="device-text">{text}</span>
      </button>
    </Tooltip>
  );
}
