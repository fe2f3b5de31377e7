import { type FormEvent, useState } from 'react';
import type { RunRecord } from '../../../core/runs/index.ts';
import { renameRun } from '../../stores/runsStore.ts';
import { Button, Dialog } from '../../ui/index.ts';

export function RenameRunDialog({ run, onClose }: { readonly run: RunRecord; readonly onClose: () => void }) {
  const [name, setName] = useState(run.name);
  const wanted = name.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '' || wanted.length > 200) return;
    if (wanted === run.name || (await renameRun(run.id, wanted))) onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Rename the run" width={420}>
      <form onSubmit={submit} className="rename-run">
        <input
          className="text-field"
          aria-label="Name of the run"
          maxLength={200}
          value={name}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="rename-run-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={wanted === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
