import * as tf from '@tensorflow/tfjs-core';
import type { Losses } from './batchLosses.ts';

/** One for each trained weight, in their order; null for a weight that the loss does not depend on. */
export type Gradients = readonly (tf.Tensor | null)[];

/**
 * Gradients of the total loss. What `measure` computes of the losses on the way is kept for the caller, out of any tidy.
 */
export function backward(
  variables: readonly tf.Variable[],
  losses: () => Losses,
  measure: (losses: Losses) => tf.Tensor1D,
): { readonly gradients: Gradients; readonly measured: tf.Tensor1D } {
  let measured: tf.Tensor1D | undefined;
  const { grads } = tf.variableGrads(() => {
    const computed = losses();
    // Kept: the gradient's own tidy would take it. A comparison has no gradient, so the tape never follows it.
    measured = tf.keep(measure(computed));
    return computed.total;
  }, [...variables]);
  if (!measured) throw new Error('The loss was never computed');
  return { gradients: variables.map(({ name }) => grads[name] ?? null), measured };
}
