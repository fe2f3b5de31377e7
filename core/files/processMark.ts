import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells a process from every other one, as far as this system lets us: where process numbers count, the number, and when it began. */
export interface ProcessMark {
  /** Machine and, in containers, the space in which process numbers count. */
  readonly place: string;
  readonly pid: number;
  /** Clock ticks from the start of the system to the start of the process: no clock that can be set. 0 where the system does not say. */
  readonly began: string;
}

/** Of this machine or container: process numbers of another place say nothing here. */
const PLACE = createHash('sha256').update(`${hostname()} ${numberSpace()}`).digest('hex').slice(0, 8);

/** The mark of the process that runs this. */
export const OWN_MARK: ProcessMark = { place: PLACE, pid: process.pid, began: beganAt(process.pid) ?? '0' };

/** Whether the process lives; null for one of another place, which cannot be seen from here. */
export function isAlive({ place, pid, began }: ProcessMark): boolean | null {
  if (place !== PLACE) return null;
  const now = beganAt(pid);
  // A number that was given to a later process has another beginning.
  if (now !== null && began !== '0') return now === began;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function numberSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return ''; // Not Linux.
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)). The name in brackets before it may hold anything, so the fields are counted from its end. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return /^\d+$/.test(began) ? began : null;
  } catch {
    return null;
  }
}
