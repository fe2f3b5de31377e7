import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { ADAM_KERNEL, type AdamStep } from '../../../train/optimizers/fusedAdam.ts';
import { allocate, type Inputs, view } from './heap.ts';

/**
 * A whole Adam step for one weight (formulas in train/optimizers/adam.ts) in one pass, where the composed one takes twelve kernels.
 * It writes new tensors: XNNPACK caches packed filters by tensor, so weights must not change in place. Math.fround keeps every
 * intermediate in float32, as the composed step does.
 */
export function registerAdamStep(): void {
  tf.registerKernel({
    kernelName: ADAM_KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      adamStep(inputs as Inputs, attrs as unknown as AdamStep, backend as unknown as BackendWasm),
  });
}

function adamStep(inputs: Inputs, attrs: AdamStep, backend: BackendWasm): tf.TensorInfo[] {
  const { weight, gradient, first, second } = inputs;
  if (!weight || !gradient || !first || !second) throw new Error('LoomAdam needs weight, gradient, first and second');
  const results = [weight, first, second].map((like) => allocate(backend, like.shape));
  const [w, g, m, v] = [weight, gradient, first, second].map((info) => view(backend, info));
  const [newW, newM, newV] = results.map((info) => view(backend, info));
  if (!w || !g || !m || !v || !newW || !newM || !newV) throw new Error('LoomAdam could not read its inputs');
  const alpha = Math.fround(attrs.alpha);
  const epsilon = Math.fround(attrs.epsilon);
  const rest1 = Math.fround(1 - attrs.beta1);
  const rest2 = Math.fround(1 - attrs.beta2);
  const keep = Math.fround(1 - attrs.decay);
  const { fround, sqrt } = Math;
  for (let i = 0; i < w.length; i++) {
    const gi = g[i] as number;
    const mi = m[i] as number;
    const vi = v[i] as number;
    const mNext = fround(mi + fround(fround(gi - mi) * rest1));
    const vNext = fround(vi + fround(fround(fround(gi * gi) - vi) * rest2));
    newM[i] = mNext;
    newV[i] = vNext;
    newW[i] = fround((w[i] as number) * keep) - fround(fround(mNext * alpha) / fround(fround(sqrt(vNext)) + epsilon));
  }
  return results;
}
