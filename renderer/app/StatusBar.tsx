import { useAnalysis } from '../stores/analysisStore.ts';
import { busyText, useDeviceUse } from '../stores/deviceUse.ts';
import { isDirty, useDocument } from '../stores/documentStore.ts';
import { liveRun, useRuns } from '../stores/runsStore.ts';
import { showDevices, useUi } from '../stores/uiStore.ts';
import { formatBytes, formatClock, formatCompact, formatCount, plural } from '../ui/index.ts';
import './statusBar.css';

export function StatusBar() {
  const totals = useAnalysis((state) => state.analysis.totals);
  const batch = useDocument((state) => state.document.training.batchSize);
  const zoom = useUi((state) => state.zoom);
  const room = useUi((state) => state.room);
  return (
    <footer className="status-bar">
      <div className="status-part">
        <span>{plural(totals.layers, 'layer')}</span>
        <span>{formatCount(totals.params)} parameters</span>
        <span>{formatCompact(totals.macs)} MACs</span>
        <span>
          batch {formatCount(batch)} · {formatBytes(totals.bytes)}
        </span>
      </div>
      <div className="status-part">
        <TrainingOn />
        <SavedState />
        {room === 'design' && <span className="status-zoom">{Math.round(zoom * 100)} %</span>}
      </div>
    </footer>
  );
}

/** Which device does the work, and how busy it is, whatever room one is in. */
function TrainingOn() {
  const device = useRuns((state) => {
    const run = liveRun(state);
    return run?.status === 'running' ? (run.device ?? null) : null;
  });
  const use = useDeviceUse((state) => state.use);
  if (device === null) return null;
  return (
    <button type="button" className="status-device" onClick={showDevices}>
      Training on {device}
      {use !== null && ` · ${busyText(use)}`}
    </button>
  );
}

function SavedState() {
  const dirty = useDocument(isDirty);
  const path = useDocument((state) => state.path);
  const savedAt = useDocument((state) => state.savedAt);
  const connected = useUi((state) => state.connected);
  if (!connected) return <span className="status-bad">Connection lost</span>;
  if (path === null) return <span>Not saved to a file</span>;
  if (dirty) return <span title={path}>Changed since saved</span>;
  return <span title={path}>{savedAt === null ? 'Saved' : `Saved ${formatClock(savedAt)}`}</span>;
}
