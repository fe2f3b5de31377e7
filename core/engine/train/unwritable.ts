import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../errors.ts';
import { systemReason } from '../../files/node.ts';
import { RUN_FILES } from '../../runs/node.ts';

/**
 * Why a run's files cannot be written, and what becomes of the run: its fact `resumable` says whether a checkpoint is left to go on from.
 * A problem that has its sentence already keeps it.
 */
export async function unwritable(runDir: string, error: unknown): Promise<ProblemError> {
  if (error instanceof ProblemError) return error;
  if (!(await isThere(runDir)))
    return new ProblemError({
      code: 'run-folder-gone',
      title: 'Folder removed',
      message: `The folder of this run, ${runDir}, was removed while it trained, so nothing of the run can be kept. Delete the run and start a new one.`,
      facts: { dir: runDir, resumable: false },
    });
  const resumable = await isThere(join(runDir, RUN_FILES.checkpoint));
  const next = resumable
    ? 'Then Resume goes on from the last checkpoint.'
    : 'Then start the training again: there is no checkpoint yet to go on from.';
  return new ProblemError({
    code: 'run-unwritable',
    title: 'Run cannot be saved',
    message: `Training ended because its results cannot be written to ${runDir}: ${systemReason(error)}. ${next}`,
    facts: { dir: runDir, resumable },
  });
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
