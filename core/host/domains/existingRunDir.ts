import type { RunStore } from '../../runs/node.ts';

/** The folder of a run. @throws ProblemError when there is no such run */
export async function existingRunDir(runs: RunStore, runId: string): Promise<string> {
  await runs.read(runId);
  return runs.dir(runId);
}
