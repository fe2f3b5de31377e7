import { type DataChanges, dataChangesText } from '../../data/index.ts';
import { ProblemError } from '../../errors.ts';

/**
 * A run goes on with the samples it began with. New ones beside them are no matter; where some are gone or changed it would learn from
 * others than its curve says.
 * @throws ProblemError `data-changed` with the numbers
 */
export function refuseChanged(changes: DataChanges): void {
  if (changes.removed === 0 && changes.changed === 0) return;
  throw new ProblemError({
    code: 'data-changed',
    title: 'The data changed',
    message: `This run cannot go on with other data than it began with. ${dataChangesText(changes) ?? ''} Put the data back as they were to resume, or start a new run.`,
    facts: { ...changes },
  });
}
