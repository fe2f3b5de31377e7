import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerName, OptimizerSettingsOf, Updated } from '../../../training/index.ts';
import type { OptimizerChoice } from './optimizer.ts';

/** What a kernel that does a whole update needs; numbers of the step are plain, since such steps are not recorded. */
export interface FusedState {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly rate: number;
  /** Learning rate times weight decay; 0 for weights that do not decay. */
  readonly decay: number;
  slot(name: string): tf.Tensor;
  scalar(name: string): number;
}

export interface Fused<S> {
  /** Name under which a backend's kernel pack registers it. */
  readonly kernel: string;
  update(settings: S, state: FusedState): Updated;
}

/** Name of a whole Adam step as one kernel: (weight, gradient, first, second) -> three. */
export const ADAM_KERNEL = 'LoomAdam';

export interface AdamStep {
  /** Step size with its bias correction. */
  readonly alpha: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Learning rate times weight decay. */
  readonly decay: number;
}

const adamStep: Fused<Omit<AdamStep, 'alpha' | 'decay'>> = {
  kernel: ADAM_KERNEL,
  update({ beta1, beta2, epsilon }, { weight, gradient, decay, slot, scalar }) {
    const inputs = { weight, gradient, first: slot('momentum'), second: slot('velocity') };
    const attributes = { alpha: scalar('alpha'), beta1, beta2, epsilon, decay } satisfies AdamStep;
    const [next, momentum, velocity] = tf.engine().runKernel(ADAM_KERNEL, inputs, attributes) as tf.Tensor[];
    if (!next || !momentum || !velocity) throw new Error(`${ADAM_KERNEL} must return three tensors`);
    return { weight: next, slots: { momentum, velocity } };
  },
};

/** Which optimisers have a kernel of their own. One that is not named here takes its formula, whatever its parameters are called. */
const FUSED: { readonly [N in OptimizerName]?: Fused<OptimizerSettingsOf<N>> } = {
  adam: adamStep,
  adamw: adamStep,
};

/** The kernel that does this optimiser's update on the current backend, or null where the formula is computed. */
export function fusedUpdate(name: string): Fused<OptimizerChoice> | null {
  const fused = Object.hasOwn(FUSED, name) ? FUSED[name as OptimizerName] : undefined;
  return fused && tf.getKernel(fused.kernel, tf.getBackend()) ? fused : null;
}
