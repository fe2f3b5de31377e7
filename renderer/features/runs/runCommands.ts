import { parseDocument } from '../../../core/document/index.ts';
import { toProblem } from '../../../core/errors.ts';
import type { RunRecord } from '../../../core/runs/index.ts';
import { openUnsaved } from '../../actions/files.ts';
import { host } from '../../stores/host.ts';
import { deleteRun } from '../../stores/runsStore.ts';
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

/** Puts the design that a run trained on screen, as a new document. */
export async function openDesign(run: RunRecord): Promise<void> {
  try {
    const { text } = await host().call('runs.document', { runId: run.id });
    const parsed = parseDocument(text);
    if (!parsed.ok) toastProblem(parsed.error);
    else await openUnsaved({ ...parsed.value.document, name: run.name });
  } catch (thrown) {
    toastProblem(toProblem(thrown));
  }
}
