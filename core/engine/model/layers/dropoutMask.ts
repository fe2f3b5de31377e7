import * as tf from '@tensorflow/tfjs-core';
import { perStep } from '../../train/step/perStep.ts';
import { dropoutMaskValues, maskSeed } from './randomness.ts';

/**
 * Name under which a kernel pack registers drawing a mask on the device: (seed, two int32; shape, rate) -> mask, the very one of
 * `dropoutMaskValues`.
 */
export const DROPOUT_MASK_KERNEL = 'LoomDropoutMask';

export interface DropoutMaskAttrs {
  readonly shape: readonly number[];
  readonly rate: number;
}

/**
 * A layer's dropout mask at the current step: 0 with probability `rate` (to 16 bits, see `maskRule`), else 1 / (1 − rate); a function of
 * (seed of the run or of the layer, key, step) alone. Drawn on the device where the backend has a kernel for it, here where not.
 */
export function dropoutMask(key: string, shape: readonly number[], rate: number, ownSeed: number | null): tf.Tensor {
  if (tf.getKernel(DROPOUT_MASK_KERNEL, tf.getBackend()) === undefined) {
    const size = shape.reduce((a, b) => a * b, 1);
    return perStep(shape, 'float32', () => dropoutMaskValues(maskSeed(key, ownSeed), size, rate));
  }
  const seed = perStep([2], 'int32', () => Int32Array.from(maskSeed(key, ownSeed)));
  return tf.engine().runKernel(DROPOUT_MASK_KERNEL, { seed }, { shape: [...shape], rate }) as tf.Tensor;
}
