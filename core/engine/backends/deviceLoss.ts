import * as tf from '@tensorflow/tfjs-core';
import { ProblemError } from '../../errors.ts';
import type { BackendName } from '../protocol.ts';

interface Loss {
  readonly backend: BackendName;
  readonly error: ProblemError;
}

let loss: Loss | null = null;
const listeners = new Set<(message: string) => void>();

/** Told by a backend when its device is gone for good, with everything that was on it. Only the first loss counts. */
export function reportDeviceLoss(backend: BackendName, detail: string): void {
  if (loss) return;
  const error = new ProblemError({
    code: 'device-lost',
    title: 'Graphics device lost',
    message: `The graphics device was lost${detail === '' ? '' : ` (${detail})`}, as happens when its driver restarts or runs out of memory, or when the computer sleeps.`,
    facts: { backend },
  });
  loss = { backend, error };
  for (const listener of listeners) listener(error.message);
}

/** The loss of the device of the current backend, if it is lost. Nothing can be computed or read in this process then. */
export function deviceLoss(): ProblemError | null {
  return loss && loss.backend === tf.getBackend() ? loss.error : null;
}

/** Returns a function that ends the subscription. */
export function onDeviceLoss(listener: (message: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
