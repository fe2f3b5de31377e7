import type { Fix } from '../../core/errors.ts';
import { dispatch, useDocument } from '../stores/documentStore.ts';
import { stopTraining } from '../stores/runsStore.ts';
import { chooseRefused } from './chooseRefused.ts';
import { showChanged } from './goTo.ts';

/** Does what a fix says: an edit of the design, which is shown where it is in another graph, or one of the requests to the host that messages offer. */
export function applyFix(fix: Fix): void {
  if ('edit' in fix) {
    const before = useDocument.getState().history;
    const last = dispatch(fix.edit).ok ? useDocument.getState().history.past.at(-1) : undefined;
    if (last !== undefined && last !== before.past.at(-1)) showChanged(last.patches);
  } else if (fix.host.method === 'dialog.show') void chooseRefused(fix.host.params);
  else void stopTraining(fix.host.params.runId);
}
