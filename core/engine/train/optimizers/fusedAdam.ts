import * as tf from '@tensorflow/tfjs-core';

export interface AdamState {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly first: tf.Tensor;
  readonly second: tf.Tensor;
}

export interface AdamStep {
  readonly alpha: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Learning rate times weight decay. */
  readonly decay: number;
}

/** Adam's step size with its bias correction: η√(1 − β₂ᵗ)/(1 − β₁ᵗ) at step t, counted from 1. */
export function adamRate(betas: { beta1: number; beta2: number }, learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - betas.beta2 ** step)) / (1 - betas.beta1 ** step);
}

/** Name under which a backend's kernel pack registers a whole Adam step as one kernel: (weight, gradient, first, second) -> three. */
export const ADAM_KERNEL = 'LoomAdam';

/** The current backend's one-kernel Adam step, or null where it has none and the step is composed of elementwise ones. */
export function fusedAdam(): ((state: AdamState, step: AdamStep) => Omit<AdamState, 'gradient'>) | null {
  if (!tf.getKernel(ADAM_KERNEL, tf.getBackend())) return null;
  return ({ weight, gradient, first, second }, step) => {
    const inputs = { weight, gradient, first, second };
    const [newWeight, newFirst, newSecond] = tf
      .engine()
      .runKernel(ADAM_KERNEL, inputs, step as unknown as tf.NamedAttrMap) as tf.Tensor[];
    if (!newWeight || !newFirst || !newSecond) throw new Error(`${ADAM_KERNEL} must return three tensors`);
    return { weight: newWeight, first: newFirst, second: newSecond };
  };
}
