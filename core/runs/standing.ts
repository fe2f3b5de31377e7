import type { RunRecord, RunStatus } from './record.ts';

/** `active`: a process trains the run, or holds it. `resumable`: it was cut off, and its last checkpoint goes on. `over`: neither. */
type Phase = 'active' | 'resumable' | 'over';

const PHASES: { readonly [S in RunStatus]: Phase } = {
  starting: 'active',
  running: 'active',
  paused: 'active',
  stopped: 'resumable',
  interrupted: 'resumable',
  finished: 'over',
  failed: 'over',
};

/** Whether a process trains the run or holds it, as its record says; who that is, if anyone still, its lock tells (ownership.ts). */
export function isActive({ status }: Pick<RunRecord, 'status'>): boolean {
  return PHASES[status] === 'active';
}

/** Whether it is active in this host: one that another program trains is only looked at. */
export function isActiveHere(record: Pick<RunRecord, 'status' | 'elsewhere'>): boolean {
  return isActive(record) && record.elsewhere === undefined;
}

/** Whether it works now: not paused. */
export function isTraining({ status }: Pick<RunRecord, 'status'>): boolean {
  return PHASES[status] === 'active' && status !== 'paused';
}

/** Whether the run was cut off, so that it can be resumed. */
export function isResumable({ status }: Pick<RunRecord, 'status'>): boolean {
  return PHASES[status] === 'resumable';
}

/** Whether it was cut off with epochs still to train. */
export function hasMoreToTrain(record: Pick<RunRecord, 'status' | 'epoch' | 'epochs'>): boolean {
  return isResumable(record) && record.epoch < record.epochs;
}
