import { randomBytes } from 'node:crypto';
import { OWN_MARK, type ProcessMark } from './processMark.ts';

/** The only names that are ever cleaned up: nobody else gives a file such a one. */
const NAME = /^\.layerloom-([0-9a-f]{8})-(\d{1,10})-(\d{1,20})-[0-9a-f]{16}\.tmp$/;

/** A name for a file or folder on its way to another, which says whose it is. Short, so that it fits wherever the target's own name does. */
export function temporaryName(): string {
  const { place, pid, began } = OWN_MARK;
  return `.layerloom-${place}-${pid}-${began}-${randomBytes(8).toString('hex')}.tmp`;
}

/** Whether a file or folder of this name is one on its way, or what is left of one. */
export function isTemporary(name: string): boolean {
  return makerOf(name) !== null;
}

/** The process that made a file of this name; null when it is no temporary of ours. */
export function makerOf(name: string): ProcessMark | null {
  const [, place, pid, began] = NAME.exec(name) ?? [];
  return place === undefined || pid === undefined || began === undefined ? null : { place, pid: Number(pid), began };
}
