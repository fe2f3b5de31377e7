import { ADAM_KERNEL, type AdamStep } from '../../../train/optimizers/fused.ts';
import type { Simd } from '../simd.ts';
import { PASS } from './columnTotals.ts';
import { addressOf, allocate, type Info, registerWasmKernel } from './heap.ts';

/**
 * A whole Adam step for one weight (formulas in core/training/optimizers/adam.ts) in one pass, where the composed one takes twelve kernels.
 * It writes new tensors: XNNPACK caches packed filters by tensor, so weights must not change in place.
 */
export function registerAdamStep(simd: Simd): void {
  registerWasmKernel<AdamStep, Info[]>(ADAM_KERNEL, () => (inputs, attrs, backend) => {
    const { weight, gradient, first, second } = inputs;
    if (!weight || !gradient || !first || !second) throw new Error('LoomAdam needs weight, gradient, first and second');
    const results = [weight, first, second].map((like) => allocate(backend, like.shape));
    const size = weight.shape.reduce((a, b) => a * b, 1);
    const addresses = [weight, gradient, first, second, ...results].map((info) => addressOf(backend, info));
    const { alpha, epsilon, beta1, beta2, decay } = attrs;
    simd.run('adam', size, PASS / 4, ...addresses, alpha, epsilon, 1 - beta1, 1 - beta2, 1 - decay);
    return results;
  });
}
