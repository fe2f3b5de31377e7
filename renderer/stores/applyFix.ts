import type { Fix } from '../../core/errors.ts';
import { dispatch } from './documentStore.ts';
import { stopTraining } from './runsStore.ts';

/** Does what a fix says: an edit of the design, or the one request to the host that messages offer. */
export function applyFix(fix: Fix): void {
  if ('edit' in fix) dispatch(fix.edit);
  else void stopTraining(fix.host.params.runId);
}
