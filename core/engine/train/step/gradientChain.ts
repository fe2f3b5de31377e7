import type * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from './backward.ts';

/**
 * What becomes of the gradients of a step on their way to the update: all of them at once, in and out in the same order and shapes. Takes no
 * number that changes from step to step but by `perStep`.
 */
export type GradientTransform = (gradients: readonly tf.Tensor[]) => readonly tf.Tensor[];

/** The gradients after each of the transforms, one behind the other. Weights without a gradient stay without. */
export function transformed(chain: readonly GradientTransform[], gradients: Gradients): Gradients {
  if (chain.length === 0) return gradients;
  const present = gradients.filter((gradient) => gradient !== null);
  const results = chain.reduce<readonly tf.Tensor[]>((all, transform) => transform(all), present).values();
  return gradients.map((gradient) => {
    if (gradient === null) return null;
    const next = results.next();
    if (next.done === true) throw new Error('A gradient transform has lost a gradient');
    return next.value;
  });
}
