import * as tf from '@tensorflow/tfjs-core';

let collected: tf.Scalar[] | null = null;

/** Called by layers in their forward pass. Nothing happens when nobody collects: the penalty matters to training alone. */
export function addPenalty(penalty: tf.Scalar): void {
  // Kept, because the model's call tidies up behind every layer.
  collected?.push(tf.keep(penalty));
}

/**
 * Runs a forward pass and returns the sum of its layers' output penalties with its result; null where there are none. The
 * training loop calls this inside its gradient function and adds the penalty to the loss.
 */
export function collectPenalties<T>(forward: () => T): { result: T; penalty: tf.Scalar | null } {
  const outer = collected;
  const mine: tf.Scalar[] = [];
  collected = mine;
  try {
    const result = forward();
    const penalty = mine.length === 0 ? null : mine.reduce<tf.Scalar>((a, b) => tf.add(a, b), tf.scalar(0));
    return { result, penalty };
  } finally {
    collected = outer;
    tf.dispose(mine);
  }
}
