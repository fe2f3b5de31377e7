import { useAnalysis } from '../stores/analysisStore.ts';
import { isDirty, useDocument } from '../stores/documentStore.ts';
import { useUi } from '../stores/uiStore.ts';
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
        <SavedState />
        {room === 'design' && <span className="status-zoom">{Math.round(zoom * 100)} %</span>}
      </div>
    </footer>
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
