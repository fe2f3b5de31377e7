import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { isPrivate, lockKey, lockPlaces, makePlace } from './places.ts';
import { listen, reach } from './talk.ts';

/** Somebody's claim to a lock: a socket that lives as long as its process. */
export interface Claim {
  /** Path of the socket without `.sock`. */
  readonly path: string;
  /** Claims that meet go by this order. */
  readonly order: string;
  /** It has won: the lock is its. */
  readonly held: boolean;
}

export interface OwnClaim {
  readonly path: string;
  readonly order: string;
  markHeld(): Promise<void>;
  withdraw(): Promise<void>;
}

/** What disks without sockets answer to the wish for one. */
const NO_SOCKETS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'ENAMETOOLONG'];
const UNPUBLISHED = /^\.[0-9a-f]{16}$/;
const UNPUBLISHED_FOR_MS = 60_000;

/** Of this process, to be tidied away as it ends. What a killed process leaves, the next that looks takes away. */
const own = new Set<string>();
process.on('exit', () => {
  for (const path of own) remove(path);
});

function remove(path: string): void {
  for (const end of ['.sock', '.held'])
    try {
      rmSync(path + end, { force: true });
    } catch {
      // Its folder is gone, or the disk cannot be written to: a socket that nobody listens at claims nothing.
    }
}

/**
 * Puts up a claim. It takes its name only once it listens, so that a name that nobody listens at is a dead one for ever: names are used
 * once. `answer` gets everyone who connects.
 */
export async function putUp(home: string, name: string, answer: (socket: Socket) => void): Promise<OwnClaim> {
  let failure: unknown;
  for (const place of await lockPlaces(home)) {
    await makePlace(place);
    const order = randomBytes(8).toString('hex');
    const hidden = join(place, `.${order}`);
    let server: Server;
    try {
      server = await listen(hidden, answer);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && NO_SOCKETS.includes(error.code))) throw error;
      failure = error;
      continue;
    }
    const path = join(place, `${lockKey(name)}~${order}`);
    try {
      await rename(hidden, `${path}.sock`);
    } catch (error) {
      server.close();
      throw error;
    }
    own.add(path);
    return {
      path,
      order,
      markHeld: () => writeFile(`${path}.held`, '', { flag: 'wx', mode: 0o600 }),
      withdraw: async () => {
        remove(path);
        own.delete(path);
        server.close();
      },
    };
  }
  throw failure;
}

/** All living claims to a lock. Takes away what dead processes left, of this lock and of others. */
export async function claimsTo(home: string, name: string): Promise<readonly Claim[]> {
  const key = lockKey(name);
  const found: Claim[] = [];
  for (const place of await lockPlaces(home)) {
    // What somebody else has put there claims nothing.
    const names = (await isPrivate(place)) ? await readdir(place).catch(() => []) : [];
    for (const file of names) {
      if (UNPUBLISHED.test(file)) await sweepUnpublished(join(place, file));
      const claim = /^([0-9a-f]{12}~([0-9a-f]{16}))\.sock$/.exec(file);
      if (claim?.[1] === undefined || claim[2] === undefined) continue;
      const path = join(place, claim[1]);
      // Its own process need not ask the system.
      if (!own.has(path) && (await isGone(path))) continue;
      if (claim[1].startsWith(`${key}~`)) found.push({ path, order: claim[2], held: await exists(`${path}.held`) });
    }
  }
  return found;
}

async function isGone(path: string): Promise<boolean> {
  const presence = await reach(`${path}.sock`);
  if (presence.kind === 'there') presence.socket.destroy();
  if (presence.kind !== 'gone') return false;
  remove(path);
  return true;
}

/** A process that was killed between listening and taking its name. */
async function sweepUnpublished(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => null);
  if (stats === null || Date.now() - stats.mtimeMs < UNPUBLISHED_FOR_MS) return;
  const presence = await reach(path);
  if (presence.kind === 'there') presence.socket.destroy();
  if (presence.kind === 'gone') await rm(path, { force: true }).catch(() => undefined);
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Whether a claim is one of this process. */
export const isOwn = ({ path }: Claim) => own.has(path);
