import * as tf from '@tensorflow/tfjs-core';
import type { UpdateKernel } from '../../../train/optimizers/plain.ts';
import type { Simd } from '../simd.ts';
import { PASS } from './columnTotals.ts';
import { addressOf, allocate, type Info, registerWasmKernel } from './heap.ts';

/** (weight, gradient, first, second) -> three. */
const ADAM_KERNEL = 'LoomAdam';

interface AdamStep {
  /** Step size with its bias correction. */
  readonly alpha: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Learning rate times weight decay. */
  readonly decay: number;
}

/** Adam's update, and with decay AdamW's. */
export const adamStep: UpdateKernel<Omit<AdamStep, 'alpha' | 'decay'>> = {
  kind: 'kernel',
  update({ beta1, beta2, epsilon }, { weight, gradient, decay, slot, scalar }) {
    const inputs = { weight, gradient, first: slot('momentum'), second: slot('velocity') };
    const attributes = { alpha: scalar('alpha'), beta1, beta2, epsilon, decay } satisfies AdamStep;
    const [next, momentum, velocity] = tf.engine().runKernel(ADAM_KERNEL, inputs, attributes) as tf.Tensor[];
    if (!next || !momentum || !velocity) throw new Error(`${ADAM_KERNEL} must return three tensors`);
    return { weight: next, slots: { momentum, velocity } };
  },
};

/**
 * A whole Adam step for one weight (formulas in core/training/optimizers/adam.ts) in one pass, where the composed one takes twelve kernels.
 * It writes new tensors: XNNPACK caches packed filters by tensor, so weights must not change in place.
 */
export function registerAdamStep(simd: Simd): void {
  registerWasmKernel<AdamStep, Info[]>(ADAM_KERNEL, () => (inputs, attrs, backend) => {
    const { weight, gradient, first, second } = inputs;
    if (!weight || !gradient || !first || !second)
      throw new Error(`${ADAM_KERNEL} needs weight, gradient, first and second`);
    const results = [weight, first, second].map((like) => allocate(backend, like.shape));
    const size = weight.shape.reduce((a, b) => a * b, 1);
    const addresses = [weight, gradient, first, second, ...results].map((info) => addressOf(backend, info));
    const { alpha, epsilon, beta1, beta2, decay } = attrs;
    simd.run('adam', size, PASS / 4, ...addresses, alpha, epsilon, 1 - beta1, 1 - beta2, 1 - decay);
    return results;
  });
}
