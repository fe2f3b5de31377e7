import { z } from 'zod';
import { type Problem, ProblemError } from '../errors.ts';
import { newNonce, proofOf, sameProof } from './proof.ts';
import type { Transport } from './transport.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;
/** With which a host closes the socket of a window that does not know its secret. */
const REFUSED = 4403;

/** Where a page of the web host keeps the secret that it was opened with: in its own origin's storage, which no other port sees. */
export const WINDOW_SECRET_KEY = 'layerloom-secret';

const challengeSchema = z.object({ nonce: z.string().min(16).max(100) });
const proofSchema = z.object({ proof: z.string().max(100) });

/**
 * Messages over one WebSocket to `url` (`ws://127.0.0.1:4711/host`), opened again with growing pauses when it is lost. Before anything is
 * said, window and host prove to each other that they know `secret`: the port of a host that has ended may be anyone's. Messages sent
 * before the first connection wait for it. While a lost connection is away, `send` throws `host-lost`: an old request must not take
 * effect by surprise minutes later. A window that is refused throws `host-refused` and does not try again.
 */
export function createSocketTransport(url: string, secret: string | null): Transport {
  const messageListeners = new Set<(message: string) => void>();
  const connectionListeners = new Set<(connected: boolean, refusal?: Problem) => void>();
  let waiting: string[] | null = [];
  let retryMs = FIRST_RETRY_MS;
  let connected = false;
  let refused = false;
  let socket: WebSocket | null = null;

  const announce = (now: boolean) => {
    if (connected === now) return;
    connected = now;
    for (const listener of [...connectionListeners]) listener(now);
  };
  const refuse = () => {
    refused = true;
    waiting = null;
    connected = false;
    // Whatever waits for an answer learns that there will be none.
    for (const listener of [...connectionListeners]) listener(false, notLetIn().problem);
  };
  const begin = (mine: WebSocket) => {
    retryMs = FIRST_RETRY_MS;
    mine.onmessage = (event) => {
      if (typeof event.data === 'string') for (const listener of [...messageListeners]) listener(event.data);
    };
    const queue = waiting ?? [];
    waiting = null;
    for (const message of queue) mine.send(message);
    announce(true);
  };
  const open = (known: string) => {
    const mine = new WebSocket(url);
    socket = mine;
    const words = wordsOf(mine);
    void agree(words, known, (text) => mine.send(text)).then((agreed) => {
      // Nothing is sent to whoever does not know the secret; what comes from there is not looked at.
      if (!agreed) mine.close();
      else if (mine.readyState === WebSocket.OPEN) {
        begin(mine);
        for (const text of words.rest()) for (const listener of [...messageListeners]) listener(text);
      }
    });
    mine.onclose = (event) => {
      words.end();
      if (event.code === REFUSED) return refuse();
      announce(false);
      setTimeout(() => open(known), retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
  };
  if (secret === null) setTimeout(refuse);
  else open(secret);

  return {
    send: (message) => {
      if (connected && socket?.readyState === WebSocket.OPEN) socket.send(message);
      else if (waiting) waiting.push(message);
      else throw refused ? notLetIn() : lost();
    },
    onMessage: (listener) => {
      messageListeners.add(listener);
      return () => messageListeners.delete(listener);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
  };
}

interface Words {
  next(): Promise<string | null>;
  /** What has come and nobody has taken. */
  rest(): readonly string[];
  end(): void;
}

/** The messages of a socket one by one, until its `onmessage` is set anew. */
function wordsOf(socket: WebSocket): Words {
  const come: string[] = [];
  let over = false;
  let wake: () => void = () => undefined;
  socket.onmessage = (event) => {
    if (typeof event.data === 'string') come.push(event.data);
    wake();
  };
  return {
    next: async () => {
      while (come.length === 0 && !over)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return come.shift() ?? null;
    },
    rest: () => come.splice(0),
    end: () => {
      over = true;
      wake();
    },
  };
}

/** The first words over the socket (electron/admit.ts says the host's). @returns whether the other side knows the secret */
async function agree(words: Words, secret: string, send: (text: string) => void): Promise<boolean> {
  const challenge = challengeSchema.safeParse(parse(await words.next()));
  if (!challenge.success) return false;
  const nonce = newNonce();
  send(JSON.stringify({ nonce, proof: await proofOf(secret, 'window', challenge.data.nonce, nonce) }));
  const answer = proofSchema.safeParse(parse(await words.next()));
  if (!answer.success) return false;
  return sameProof(answer.data.proof, await proofOf(secret, 'host', nonce, challenge.data.nonce));
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function lost(): ProblemError {
  return new ProblemError({
    code: 'host-lost',
    title: 'Connection lost',
    message:
      'The window has lost its connection to Layerloom, so this could not be done. It reconnects by itself; if it does not, start Layerloom again.',
  });
}

function notLetIn(): ProblemError {
  return new ProblemError({
    code: 'host-refused',
    title: 'Not let in',
    message:
      'This window was not opened by the Layerloom that runs now, so it is not let in. Start Layerloom again (npm start): it opens a window that is.',
  });
}
