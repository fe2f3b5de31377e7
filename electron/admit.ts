import type { WebSocket } from 'ws';
import { z } from 'zod';
import { newNonce, proofOf, sameProof } from '../core/host/index.ts';

const ANSWER_MS = 15_000;
/** Close code for a window that does not know the secret: it need not try again. */
const REFUSED = 4403;

const answerSchema = z.object({ nonce: z.string().min(16).max(100), proof: z.string().max(100) });

/**
 * The first words over a window's socket: each side proves to the other that it knows the secret, and neither tells it. A window so knows
 * that it does not speak to whoever took the port of a host that has ended. Until then nothing is answered, and no event is sent.
 */
export async function admit(window: WebSocket, secret: string): Promise<boolean> {
  const nonce = newNonce();
  window.send(JSON.stringify({ nonce }));
  const text = await new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), ANSWER_MS);
    timer.unref();
    window.once('message', (data, binary) => {
      clearTimeout(timer);
      resolve(binary ? null : data.toString());
    });
    window.once('close', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
  const answer = answerSchema.safeParse(parse(text));
  if (answer.success && sameProof(answer.data.proof, await proofOf(secret, 'window', nonce, answer.data.nonce))) {
    window.send(JSON.stringify({ proof: await proofOf(secret, 'host', answer.data.nonce, nonce) }));
    return window.readyState === window.OPEN;
  }
  window.close(REFUSED, 'This window does not know the secret');
  return false;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
