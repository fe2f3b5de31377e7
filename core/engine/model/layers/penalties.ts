import * as tf from '@tensorflow/tfjs-core';
import type { Regularizer } from '../../../catalogue/index.ts';

let collected: tf.Scalar[] | null = null;

/**
 * Called by layers in every forward pass with their output. Nothing is computed when nobody collects: the penalty is part of the loss, in
 * training and outside it as in Keras, and of nothing else.
 */
export function addPenalty(y: tf.Tensor, regularizer: Regularizer, batch: number): void {
  // Kept, because the model's call tidies up behind every layer.
  collected?.push(tf.keep(outputPenalty(y, regularizer, batch)));
}

/**
 * Runs a forward pass and returns the sum of its layers' output penalties with its result; null where there are none. Whoever
 * computes a loss adds the penalty to it; the training loop does so inside its gradient function.
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
function outputPenalty(y: tf.Tensor, { l1, l2 }: Regularizer, batch: number): tf.Scalar {
  return tf.tidy(() => {
    const terms = [
      ...(l1 === 0 ? [] : [tf.mul(tf.sum(tf.abs(y)), l1)]),
      ...(l2 === 0 ? [] : [tf.mul(tf.sum(tf.square(y)), l2)]),
    ];
    const total = terms.length === 0 ? tf.scalar(0) : terms.reduce((a, b) => tf.add(a, b));
    return tf.div<tf.Scalar>(total as tf.Scalar, batch);
  });
}
