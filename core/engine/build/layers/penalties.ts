import * as tf from '@tensorflow/tfjs-core';

let collected: tf.Scalar[] | null = null;

/** Called by layers in their forward pass. Nothing happens when nobody collects: the penalty matters to training alone. */
export function addPenalty(penalty: tf.Scalar): void {
  // Kept, because the model's call tidies up behind every layer.
  collected?.push(tf.keep(penalty));
}

/**
 * Runs a forward pass and returns the output penalties of its layers with its result. The training loop calls this inside its
 * gradient function and adds the penalties to the loss; they belong to the caller's tidy scope.
 */
export function collectPenalties<T>(forward: () => T): { result: T; penalties: readonly tf.Scalar[] } {
  const outer = collected;
  const mine: tf.Scalar[] = [];
  collected = mine;
  try {
    const result = forward();
    return { result, penalties: mine.map((penalty) => tf.clone(penalty)) };
  } finally {
    collected = outer;
    tf.dispose(mine);
  }
}
