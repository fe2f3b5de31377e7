import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { dropoutMask } from '../../../core/engine/model/layers/dropoutMask.ts';
import { dropoutMaskValues, maskSeed, randomness } from '../../../core/engine/model/layers/randomness.ts';
import { tensorflowHome } from './tensorflowHome.ts';

afterEach(() => Object.assign(randomness, { seed: 0, step: 0 }));

// TensorFlow draws with its own generator on its own threads; ours must give the very same numbers.
describe.each(['wasm', 'tensorflow'] as const)('dropout masks on %s', (backend) => {
  const here = test.skipIf(backend === 'tensorflow' && tensorflowHome === null);

  here.each([[[1]], [[3, 5]], [[7, 1, 3]], [[64, 1027]]])('%j equals the one drawn here', async (shape) => {
    await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
    for (const seed of [0, 1, 2 ** 31 - 1])
      for (const step of [0, 7, 100_000])
        for (const rate of [0.1, 1 / 3, 0.5, 0.999, 1]) {
          Object.assign(randomness, { seed, step });
          const mask = tf.tidy(() => dropoutMask('hidden', shape, rate, null).dataSync());
          const ours = dropoutMaskValues(maskSeed('hidden'), mask.length, rate);
          expect(ours.findIndex((value, i) => value !== mask[i])).toBe(-1);
          expect(mask.length).toBe(tf.util.sizeFromShape(shape));
        }
  });
});
