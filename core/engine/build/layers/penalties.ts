import type { Scalar } from '@tensorflow/tfjs-core';

let collected: Scalar[] | null = null;

/** Called by layers in their forward pass. Dropped when nobody collects: the penalty matters to training alone. */
export function addPenalty(penalty: Scalar): void {
  collected?.push(penalty);
}

/**
 * Runs a forward pass and returns the output penalties of its layers with its result. The training loop calls this inside its
 * gradient function and adds the penalties to the loss.
 */
export function collectPenalties<T>(forward: () => T): { result: T; penalties: readonly Scalar[] } {
  const outer = collected;
  const mine: Scalar[] = [];
  collected = mine;
  try {
    return { result: forward(), penalties: mine };
  } finally {
    collected = outer;
  }
}
