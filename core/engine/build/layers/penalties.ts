import * as tf from '@tensorflow/tfjs-core';
import type { Regularizer } from '../../../catalogue/index.ts';

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

/** l1 Σ|y| + l2 Σy², divided by the batch size as Keras 3 does. */
export function outputPenalty(y: tf.Tensor, { l1, l2 }: Regularizer, batch: number): tf.Scalar {
  return tf.tidy(() => {
    const terms = [
      ...(l1 === 0 ? [] : [tf.mul(tf.sum(tf.abs(y)), l1)]),
      ...(l2 === 0 ? [] : [tf.mul(tf.sum(tf.square(y)), l2)]),
    ];
    const total = terms.length === 0 ? tf.scalar(0) : terms.reduce((a, b) => tf.add(a, b));
    return tf.div<tf.Scalar>(total as tf.Scalar, batch);
  });
}
