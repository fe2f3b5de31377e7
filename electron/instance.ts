import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ProblemError } from '../core/errors.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeWhole } from '../core/files/node.ts';
import { newNonce, proofOf, sameProof } from '../core/host/index.ts';
import { type Holder, type Line, type Lock, takeLock, talkToHolder } from '../core/locks/node.ts';

/** What a running Layerloom did for a second start: it showed itself, or it gives an address, and a page that opens it. */
export type Opened =
  | { readonly kind: 'shown' }
  | { readonly kind: 'address'; readonly url: string; readonly page: string };

/** Opens a window, with a file or none; null when this Layerloom is closing, so that another start waits and takes its place. */
export type Opener = (file: string | null) => Opened | null;

export interface Instance {
  /** Answers second starts from now on; they wait until then. */
  ready(open: Opener): void;
  /** Lets another start take this one's place. */
  release(): Promise<void>;
}

const openedSchema = z.union([
  z.object({ kind: z.literal('shown') }),
  // Nothing but the loopback address is ever opened, whoever answers.
  z.object({
    kind: z.literal('address'),
    url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/\?token=[\w-]{20,100}$/),
    page: z.string(),
  }),
]);
const greetingSchema = z.object({ nonce: z.string().min(16).max(100) });
const askingSchema = z.object({ proof: z.string().max(100), file: z.string().max(8192).nullable() });
const answerSchema = z.object({ nonce: z.string().min(16).max(100), proof: z.string().max(100) });

const LOCK = 'host';
/** How long a start waits for one that began a moment before it, and for one that is just closing and saves what it trains. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 100;

const keyFile = (home: string) => join(home, 'instance.key');

/**
 * Makes this process the one Layerloom of a data folder, or has the running one open a window. Of starts in the same instant exactly
 * one becomes it. The two prove to each other that they can read the user's key file before either says anything.
 * @throws ProblemError `instance-silent` when another process has the folder and does not answer
 */
export async function becomeInstance(
  home: string,
  what: string,
  file: string | null,
  patience = PATIENCE_MS,
): Promise<{ readonly instance: Instance } | { readonly opened: Opened }> {
  const until = Date.now() + patience;
  for (;;) {
    const taken = await tryToBe(home, what);
    if ('instance' in taken) return taken;
    const opened = await askRunningInstance(home, file);
    if (opened !== null) return { opened };
    if (Date.now() > until) throw silent(home, taken.holder);
    await delay(LOOK_AGAIN_MS);
  }
}

async function tryToBe(
  home: string,
  what: string,
): Promise<{ readonly instance: Instance } | { readonly holder: Holder }> {
  const key = randomBytes(32).toString('base64url');
  let ready: (open: Opener) => void = () => undefined;
  const opener = new Promise<Opener>((resolve) => {
    ready = resolve;
  });
  const taken = await takeLock(home, LOCK, { what, answer: (first, line) => answerLauncher(key, opener, first, line) });
  if (!taken.lock) return { holder: taken.holder };
  try {
    await mkdir(home, { recursive: true, mode: PRIVATE_FOLDER });
    await writeWhole(keyFile(home), key, { mode: PRIVATE_FILE });
  } catch (error) {
    await taken.lock.release();
    throw error;
  }
  return { instance: { ready, release: () => letGo(home, key, taken.lock) } };
}

async function letGo(home: string, key: string, lock: Lock): Promise<void> {
  // The file goes first: the next instance's own is not to be taken away.
  if ((await readFile(keyFile(home), 'utf8').catch(() => '')) === key) await rm(keyFile(home), { force: true });
  await lock.release();
}

async function answerLauncher(key: string, opener: Promise<Opener>, first: unknown, line: Line): Promise<void> {
  const greeting = greetingSchema.safeParse(first);
  if (!greeting.success) return;
  const nonce = newNonce();
  line.send({ nonce, proof: await proofOf(key, 'host', greeting.data.nonce, nonce) });
  const asking = askingSchema.safeParse(await line.next());
  if (!asking.success) return;
  if (!sameProof(asking.data.proof, await proofOf(key, 'launcher', nonce, greeting.data.nonce))) return;
  const opened = (await opener)(asking.data.file);
  if (opened !== null) line.send({ ...opened });
}

/** Has the Layerloom that runs on this home, if there is one, open `file` (or just a window). Null when none answers as it should. */
export async function askRunningInstance(home: string, file: string | null): Promise<Opened | null> {
  return talkToHolder(home, LOCK, async (line) => {
    const nonce = newNonce();
    line.send({ nonce });
    const answer = answerSchema.safeParse(await line.next());
    const key = await readFile(keyFile(home), 'utf8').catch(() => null);
    if (!answer.success || key === null) return null;
    // A key that a killed instance left proves nothing, nor does whoever listens in its place.
    if (!sameProof(answer.data.proof, await proofOf(key, 'host', nonce, answer.data.nonce))) return null;
    line.send({ proof: await proofOf(key, 'launcher', answer.data.nonce, nonce), file });
    const opened = openedSchema.safeParse(await line.next());
    return opened.success ? opened.data : null;
  });
}

function silent(home: string, { what, pid }: Holder): ProblemError {
  const who = pid > 0 ? `${what} (process ${pid})` : what;
  return new ProblemError({
    code: 'instance-silent',
    title: 'Running, and silent',
    message: `Layerloom is running on “${home}” already, as ${who}, and does not answer. Wait until it does, or end it; or set LAYERLOOM_HOME to another folder for a second one.`,
    facts: { pid },
  });
}
