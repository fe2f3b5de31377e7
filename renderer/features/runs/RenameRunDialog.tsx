import type { RunRecord } from '../../../core/runs/index.ts';
import { renameRun } from '../../stores/runsStore.ts';
import { RenameDialog } from '../../ui/index.ts';

export function RenameRunDialog({ run, onClose }: { readonly run: RunRecord; readonly onClose: () => void }) {
  return (
    <RenameDialog
      title="Rename the run"
      label="Name of the run"
      name={run.name}
      onRename={(name) => renameRun(run.id, name)}
      onClose={onClose}
    />
  );
}
