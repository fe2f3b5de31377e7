import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ProblemError } from '../errors.ts';
import { userHome } from '../host/node.ts';
import { RUN_FILES, type RunStore, runStore } from '../runs/node.ts';

export function openRunStore(): RunStore {
  return runStore(join(userHome(), 'runs'), 'the command line');
}

export interface FoundRun {
  /** What names it on the command line: its id, or its folder where that lies elsewhere. */
  readonly name: string;
  readonly dir: string;
}

/** The run that a RUN argument means: `last`, a run id, or a run's folder. */
export async function findRun(argument: string): Promise<FoundRun> {
  const store = openRunStore();
  if (argument === 'last') {
    const [newest] = await store.list();
    if (newest !== undefined) return { name: newest.id, dir: store.dir(newest.id) };
    throw new ProblemError({
      code: 'run-not-found',
      title: 'No runs',
      message: `There are no runs in ${store.runsDir} yet. Train a design first: layerloom train design.loom`,
    });
  }
  if (/^[A-Za-z0-9_-]{1,80}$/.test(argument) && existsSync(join(store.dir(argument), RUN_FILES.record))) {
    return { name: argument, dir: store.dir(argument) };
  }
  const dir = resolve(argument);
  if (existsSync(join(dir, RUN_FILES.record))) {
    return { name: dirname(dir) === resolve(store.runsDir) ? basename(dir) : dir, dir };
  }
  throw new ProblemError({
    code: 'run-not-found',
    title: 'Run not found',
    message: `There is no run “${argument}”: it is neither “last”, nor the id of a run in ${store.runsDir}, nor a folder with a ${RUN_FILES.record} in it.`,
    facts: { run: argument },
  });
}

export type Weights = 'best' | 'last';

/** The weights asked for; else the best, or the last where training was stopped before there was a best epoch. */
export function chooseWeights({ dir }: FoundRun, asked: Weights | undefined): Weights {
  return asked ?? (existsSync(join(dir, RUN_FILES.bestWeights)) ? 'best' : 'last');
}
