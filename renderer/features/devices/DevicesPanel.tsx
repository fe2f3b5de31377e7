import { Gauge, RefreshCw, X } from 'lucide-react';
import { isTraining } from '../../../core/runs/index.ts';
import { cancelTests, testAllDevices, useDeviceTests } from '../../stores/deviceTests.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { BACKEND_TITLES, loadBackends, useEngine, useInstall, workingBackend } from '../../stores/engineStore.ts';
import { liveRun, useRuns } from '../../stores/runsStore.ts';
import { useUi } from '../../stores/uiStore.ts';
import { Banner, Button, Dialog, IconButton, ProblemView, Spinner } from '../../ui/index.ts';
import { DeviceRow } from './DeviceRow.tsx';
import './devices.css';

/** Every device that can train here, or why it cannot; how to get it, and how fast it is. */
export function DevicesPanel() {
  const open = useUi((state) => state.devices);
  return (
    <Dialog
      open={open}
      onClose={() => useUi.setState({ devices: false })}
      title="Devices"
      description="What can train networks on this computer. A test trains a small convolutional network for about five seconds."
      width={720}
      footer={<PanelButtons />}
    >
      <div className="dialog-body devices">
        <DeviceList />
      </div>
    </Dialog>
  );
}

function DeviceList() {
  const { backends, loading, problem } = useEngine();
  const asked = useDocument((state) => state.document.training.backend);
  const inEditor = useUi((state) => state.screen === 'editor');
  const run = useRuns(liveRun);
  const busy = useBusy();
  const measured = backends.filter((one) => one.available).flatMap((one) => (one.measured ? [one] : []));
  const fastest = measured.sort((a, b) => speed(b.measured) - speed(a.measured))[0];
  const working = workingBackend(backends, inEditor ? asked : 'auto');
  const inUse = run?.backend ?? working?.name;
  return (
    <>
      {run !== undefined && isTraining(run) && (
        <Banner tone="info">
          “{run.name}” is training, so a test would give wrong figures, and slow it down. Test devices when it is paused
          or over.
        </Banner>
      )}
      {problem !== null && <ProblemView problem={problem} />}
      {backends.length === 0 && loading && (
        <p className="devices-loading">
          <Spinner label="Looking for devices" /> Looking for devices
        </p>
      )}
      <ul className="device-list" aria-label="Devices">
        {backends.map((info) => (
          <DeviceRow
            key={info.name}
            info={info}
            inUse={info.name === inUse}
            why={run === undefined && info.name === inUse ? whyLine(info.why, inEditor && asked !== 'auto') : null}
            fastest={fastest}
            canTest={!busy}
            canChoose={inEditor && run === undefined && info.name !== inUse}
          />
        ))}
      </ul>
    </>
  );
}

/** Whether a test would give wrong figures now: beside a training, or an engine that is being built. */
function useBusy(): boolean {
  const installing = useInstall((state) => state.progress !== null);
  const training = useRuns((state) => {
    const run = liveRun(state);
    return run !== undefined && isTraining(run);
  });
  return installing || training;
}

function whyLine(why: string | undefined, byName: boolean): string | null {
  return byName ? 'Chosen in the training settings.' : (why ?? null);
}

function speed(measured: { readonly samplesPerSecond: number } | undefined): number {
  return measured?.samplesPerSecond ?? 0;
}

function PanelButtons() {
  const loading = useEngine((state) => state.loading);
  const testing = useDeviceTests((state) => state.testing);
  const waiting = useDeviceTests((state) => state.waiting.length);
  const busy = useBusy();
  return (
    <div className="devices-foot">
      <IconButton
        label="Look for devices again"
        icon={<RefreshCw aria-hidden className={loading ? 'turning' : undefined} />}
        disabled={loading}
        onClick={() => void loadBackends()}
      />
      <span className="devices-note" aria-live="polite">
        {testing !== null && `Testing ${BACKEND_TITLES[testing]}${waiting > 0 ? `, ${waiting} more to come` : ''}`}
      </span>
      {testing !== null ? (
        <Button icon={<X aria-hidden />} onClick={() => void cancelTests()}>
          Cancel
        </Button>
      ) : (
        <Button icon={<Gauge aria-hidden />} disabled={busy} onClick={() => void testAllDevices()}>
          Test all
        </Button>
      )}
    </div>
  );
}
