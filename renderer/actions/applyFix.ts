import type { Fix } from '../../core/errors.ts';
import { dispatch } from '../stores/documentStore.ts';
import { stopTraining } from '../stores/runsStore.ts';
import { chooseRefused } from './chooseRefused.ts';

/** Does what a fix says: an edit of the design, or one of the requests to the host that messages offer. */
export function applyFix(fix: Fix): void {
  if ('edit' in fix) dispatch(fix.edit);
  else if (fix.host.method === 'dialog.show') void chooseRefused(fix.host.params);
  else void stopTraining(fix.host.params.runId);
}
