import { History } from 'lucide-react';
import { redoAndShow, undoAndShow } from '../../actions/goTo.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { EmptyState } from '../../ui/index.ts';
import './historyPane.css';

/** Goes back or forward until `count` entries are done. */
function goTo(count: number): void {
  const steps = count - useDocument.getState().history.past.length;
  for (let i = 0; i < Math.abs(steps); i++) steps < 0 ? undoAndShow() : redoAndShow();
}

/** Every edit since the document was opened, newest first; a click goes there. */
export function HistoryPane() {
  const { past, future } = useDocument((state) => state.history);
  if (past.length + future.length === 0)
    return (
      <EmptyState icon={<History aria-hidden />} title="No edits yet">
        Each edit is listed here. Click one to go back to it.
      </EmptyState>
    );
  const entries = [...past, ...[...future].reverse()].map((entry, at) => ({ label: entry.label, count: at + 1 }));
  const rows = [{ label: 'Opened', count: 0 }, ...entries].reverse();
  return (
    <ol className="history-pane" aria-label="History" reversed>
      {rows.map((row) => (
        <li key={row.count}>
          <button
            type="button"
            className="history-entry"
            aria-current={row.count === past.length ? 'step' : undefined}
            data-undone={row.count > past.length}
            onClick={() => goTo(row.count)}
          >
            <span className="history-number">{row.count}</span>
            {row.label}
          </button>
        </li>
      ))}
    </ol>
  );
}
