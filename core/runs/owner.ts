import { readFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fileModeIn, writeWhole } from '../files/node.ts';
import { RUN_FILES } from './files.ts';

const ownerSchema = z.object({ pid: z.number().int().positive(), host: z.string(), claimedAt: z.string() });

/** Folders this very process answers for. A process id alone would not tell: in containers it is the same after a restart. */
const ownClaims = new Set<string>();

/** Notes that this process answers for the run's training: to be called when training starts or goes on. */
export async function claimRun(dir: string): Promise<void> {
  ownClaims.add(dir);
  const owner = { pid: process.pid, host: hostname(), claimedAt: new Date().toISOString() };
  await writeWhole(join(dir, RUN_FILES.owner), `${JSON.stringify(owner)}\n`, { mode: fileModeIn(dir) });
}

/** Whether the process that answers for the run is still there, as far as this machine can tell. */
export async function ownerAlive(dir: string): Promise<boolean> {
  const owner = await readFile(join(dir, RUN_FILES.owner), 'utf8')
    .then((text) => ownerSchema.parse(JSON.parse(text)))
    .catch(() => null);
  if (owner === null) return false;
  // On a shared disk another machine's process cannot be seen; its run is left alone.
  if (owner.host !== hostname()) return true;
  if (owner.pid === process.pid) return ownClaims.has(dir);
  const bootedAt = Date.now() - uptime() * 1000;
  return Date.parse(owner.claimedAt) > bootedAt && processExists(owner.pid);
}

/** Whether another living process than this one answers for the run. */
export async function ownedElsewhere(dir: string): Promise<boolean> {
  return !ownClaims.has(dir) && (await ownerAlive(dir));
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
