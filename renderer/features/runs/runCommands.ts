import { toProblem } from '../../../core/errors.ts';
import { parseDesign } from '../../../core/graph/index.ts';
import type { RunRecord } from '../../../core/runs/index.ts';
import { openUnsaved } from '../../actions/files.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { host } from '../../stores/host.ts';
import { deleteRun, showRun } from '../../stores/runsStore.ts';
import { confirm, toastProblem } from '../../stores/uiStore.ts';

/** Deletes a run with its weights, after asking. */
export async function askToDelete(run: RunRecord): Promise<void> {
  const answer = await confirm({
    title: `Delete “${run.name}”?`,
    message: 'Its curves, weights and design are removed from the disk. This cannot be undone.',
    confirmLabel: 'Delete',
    danger: true,
  });
  if (answer === 'confirm') await deleteRun(run.id);
}

/** Puts the design that a run trained on screen, as a document of no file, with the run's curves. */
export async function openDesign(run: RunRecord): Promise<void> {
  try {
    const { text } = await host().call('runs.document', { runId: run.id });
    const parsed = parseDesign(text);
    if (!parsed.ok) return toastProblem(parsed.error);
    const before = useDocument.getState().opened;
    await openUnsaved(parsed.value.document);
    if (useDocument.getState().opened !== before) await showRun(run.id);
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}
