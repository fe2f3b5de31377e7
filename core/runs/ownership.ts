import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../errors.ts';
import { type Holder, type Lock, lockHolder, takeLock } from '../locks/node.ts';

/**
 * Which process answers for a run. The shell that trains it (a host, the command line) has its lock from before the first record to after
 * the last; the engine has another as long as it writes into the folder, since an engine may outlive its shell by a step.
 */
export interface Ownership {
  /** @throws ProblemError `run-elsewhere` when another process has it */
  claim(dir: string): Promise<void>;
  release(dir: string): Promise<void>;
  isOwn(dir: string): boolean;
  /**
   * Another process that trains the run, or nobody.
   * @param patience milliseconds that an engine without a shell is given to end: it does as soon as it notices
   */
  elsewhere(dir: string, patience?: number): Promise<Holder | null>;
}

/** How long an engine whose shell was killed may take to notice. */
const ENGINE_PATIENCE_MS = 10_000;
/** The same where a person waits for an answer. */
export const SHORT_PATIENCE_MS = 3000;

/** Whoever has the run, as sentences name it: "the command line (process 4711)". */
export function holderText({ what, pid }: Holder): string {
  return pid > 0 ? `${what} (process ${pid})` : what;
}

/** That another program trains this run. */
export function trainedElsewhere(name: string, holder: Holder): ProblemError {
  return new ProblemError({
    code: 'run-elsewhere',
    title: 'Trained elsewhere',
    message: `“${name}” is being trained by ${holderText(holder)}. Stop it there, or wait until it has finished; until then it can be looked at here, and neither resumed nor deleted.`,
    facts: { pid: holder.pid },
  });
}

export function ownership(runsDir: string, what: string): Ownership {
  const home = dirname(resolve(runsDir));
  const own = new Map<string, Lock>();
  return {
    claim: async (dir) => {
      if (own.has(dir)) return;
      const taken = await takeLock(home, await shellLock(home, dir), { what });
      if (!taken.lock) throw trainedElsewhere(basename(dir), taken.holder);
      own.set(dir, taken.lock);
    },
    release: async (dir) => {
      const lock = own.get(dir);
      own.delete(dir);
      await lock?.release();
    },
    isOwn: (dir) => own.has(dir),
    elsewhere: async (dir, patience = 0) => {
      const until = Date.now() + patience;
      for (;;) {
        if (own.has(dir)) return null;
        const shell = await lockHolder(home, await shellLock(home, dir));
        const holder = shell ?? (await lockHolder(home, await engineLock(home, dir)));
        if (holder === null || shell !== null || Date.now() >= until) return holder;
        await delay(50);
      }
    },
  };
}

/**
 * For the engine: no two of them write into one run, whoever started them.
 * @returns what lets go
 * @throws ProblemError `run-elsewhere`
 */
export async function claimForEngine(home: string, dir: string): Promise<() => Promise<void>> {
  const taken = await takeLock(home, await engineLock(home, dir), {
    what: 'another training engine',
    patience: ENGINE_PATIENCE_MS,
  });
  if (taken.lock) return () => taken.lock.release();
  throw trainedElsewhere(basename(dir), taken.holder);
}

const shellLock = async (home: string, dir: string) => `run ${await identity(home, dir)}`;
const engineLock = async (home: string, dir: string) => `engine ${await identity(home, dir)}`;

/** A run of the data folder is the same one by whatever path the folder is reached; another folder is known by its path. */
async function identity(home: string, dir: string): Promise<string> {
  const real = await realpath(dir).catch(() => resolve(dir));
  const runs = await realpath(`${home}/runs`).catch(() => resolve(home, 'runs'));
  return dirname(real) === runs ? basename(real) : real;
}
