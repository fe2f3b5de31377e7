import type { Server, Socket } from 'node:net';
import { z } from 'zod';
import type { JsonValue } from '../json.ts';
import { type Claim, claimsTo, isOwn, type OwnClaim, putUp } from './claims.ts';
import { pipeName } from './places.ts';
import { type Line, listen, reach, speak } from './talk.ts';

const holderSchema = z.object({ what: z.string(), pid: z.number().int() });

/** Who has a lock: "the Layerloom app", process 4711. */
export type Holder = z.infer<typeof holderSchema>;

/** Told when the process that has it does not answer: it is busy, or stopped. */
const SILENT: Holder = { what: 'another Layerloom program', pid: 0 };
/** How long its process may take to say who it is. */
const ANSWER_MS = 700;
/** How long whoever talks to a holder may be silent. */
const TALK_MS = 10_000;
/** How long a claim waits for others that have not decided yet. They take milliseconds; a process that was stopped just then, for ever. */
const UNDECIDED_MS = 5000;
const LOOK_AGAIN_MS = 15;

/** A lock that this process holds. */
export interface Lock {
  /** Lets others have it. */
  release(): Promise<void>;
}

/** How a lock is taken. */
export interface LockOptions {
  /** Who takes it, as sentences name it: "the command line". */
  readonly what: string;
  /** How long to wait for a holder to let go. Not at all unless said otherwise. */
  readonly patience?: number;
  /** Talks to a process that has asked the holder something, from its first line on. */
  answer?(first: JsonValue, line: Line): Promise<void>;
}

export type Taken = { readonly lock: Lock } | { readonly lock: null; readonly holder: Holder };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Takes a lock of a data folder, if nobody has it. It is held by an open socket: whatever ends the process, also SIGKILL, lets go of it at
 * once, and no process number, host name or clock is believed. Of any number of processes that try at the same time, one gets it.
 */
export async function takeLock(home: string, name: string, options: LockOptions): Promise<Taken> {
  const until = Date.now() + (options.patience ?? 0);
  const once = process.platform === 'win32' ? takePipe : takeSocket;
  for (;;) {
    const taken = await once(home, name, options);
    if (taken.lock || Date.now() >= until) return taken;
    await pause(50);
  }
}

/** Who has a lock, other than this process; null when nobody does. */
export async function lockHolder(home: string, name: string): Promise<Holder | null> {
  if (process.platform === 'win32') return ask(await pipeName(home, name));
  const [first] = (await claimsTo(home, name)).filter((claim) => !isOwn(claim));
  return first === undefined ? null : holderOf(first);
}

/** Talks to whoever has a lock; null when nobody does. */
export async function talkToHolder<T>(home: string, name: string, talk: (line: Line) => Promise<T>): Promise<T | null> {
  const path =
    process.platform === 'win32'
      ? await pipeName(home, name)
      : (await claimsTo(home, name)).filter(({ held }) => held).map((claim) => `${claim.path}.sock`)[0];
  if (path === undefined) return null;
  const presence = await reach(path);
  if (presence.kind !== 'there') return null;
  const line = speak(presence.socket, TALK_MS);
  try {
    return await talk(line);
  } finally {
    line.end();
  }
}

function answering({ what, answer }: LockOptions): (socket: Socket) => void {
  return (socket) => {
    const line = speak(socket, TALK_MS);
    void (async () => {
      const first = await line.next();
      if (first === 'who') line.send({ what, pid: process.pid });
      else if (first !== null) await answer?.(first, line);
      line.end();
    })().catch(() => socket.destroy());
  };
}

async function ask(path: string): Promise<Holder | null> {
  const presence = await reach(path);
  if (presence.kind === 'gone') return null;
  if (presence.kind === 'unsure') return SILENT;
  const line = speak(presence.socket, ANSWER_MS);
  line.send('who');
  const said = holderSchema.safeParse(await line.next());
  line.end();
  return said.success ? said.data : SILENT;
}

const holderOf = async ({ path }: Claim): Promise<Holder> => (await ask(`${path}.sock`)) ?? SILENT;

/**
 * Everyone puts up a claim first and looks at the others' then, so that of two at least one sees the other. Who sees that the lock is held
 * withdraws; of those that have not decided yet, whoever comes first in their order waits for the others, and they withdraw before it.
 */
async function takeSocket(home: string, name: string, options: LockOptions): Promise<Taken> {
  const mine = await putUp(home, name, answering(options));
  try {
    const until = Date.now() + UNDECIDED_MS;
    for (;;) {
      const rivals = (await claimsTo(home, name)).filter(({ path }) => path !== mine.path);
      const first = rivals.find(({ held, order }) => held || order < mine.order || Date.now() > until);
      if (first !== undefined) {
        await mine.withdraw();
        return { lock: null, holder: await holderOf(first) };
      }
      if (rivals.length === 0) return { lock: await won(mine) };
      await pause(LOOK_AGAIN_MS);
    }
  } catch (error) {
    await mine.withdraw();
    throw error;
  }
}

async function won(claim: OwnClaim): Promise<Lock> {
  await claim.markHeld();
  return { release: () => claim.withdraw() };
}

async function takePipe(home: string, name: string, options: LockOptions): Promise<Taken> {
  const path = await pipeName(home, name);
  let server: Server;
  try {
    server = await listen(path, answering(options));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    return { lock: null, holder: (await ask(path)) ?? SILENT };
  }
  return { lock: { release: async () => void server.close() } };
}
