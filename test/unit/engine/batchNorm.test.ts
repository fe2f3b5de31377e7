import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { normaliseBatch } from '../../../core/engine/model/layers/batchMoments.ts';
import { fusedBatchNorm } from '../../../core/engine/model/layers/fusedBatchNorm.ts';
import { values } from './kernelCases.ts';
import { tensorflowHome } from './tensorflowHome.ts';

type Normalise = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, observe: (t: tf.Tensor) => void) => tf.Tensor;

const composed: Normalise = (x, gamma, beta, observe) => {
  const matrix = tf.reshape(x, [-1, gamma.size]) as tf.Tensor2D;
  const normal = normaliseBatch(matrix, 1e-3, ({ mean, variance }) => observe(tf.stack([mean, variance])));
  return tf.reshape(tf.add(tf.mul(normal, gamma), beta), x.shape);
};
const fused: Normalise = (x, gamma, beta, observe) =>
  fusedBatchNorm(x, gamma, beta, 1e-3, ({ mean, variance }) => observe(tf.stack([mean, variance])));

/** Output, moments and the three gradients of Σ w · y. */
function evaluate(normalise: Normalise, shape: number[]): Float32Array[] {
  return tf.tidy(() => {
    const channels = [shape.at(-1) ?? 1];
    const inputs = [shape, channels, channels].map((size, i) => tf.tensor(values(size, `bn${i}`), size));
    const weights = tf.tensor(values(shape, 'w'), shape);
    let moments: tf.Tensor | undefined;
    const run = (...[x, gamma, beta]: tf.Tensor[]) =>
      normalise(x as tf.Tensor, gamma as tf.Tensor, beta as tf.Tensor, (seen) => {
        moments ??= tf.keep(seen);
      });
    const output = run(...inputs);
    const gradients = tf.grads((...args: tf.Tensor[]) => tf.sum(tf.mul(run(...args), weights)))(inputs);
    const read = [output, moments as tf.Tensor, ...gradients].map((tensor) => tensor.dataSync() as Float32Array);
    moments?.dispose();
    return read;
  });
}

// TensorFlow's fused operation takes over where there is much to do: both ways must give what the plain formula gives.
describe.each(['wasm', 'tensorflow'] as const)('fused batch normalisation on %s', (backend) => {
  const here = test.skipIf(backend === 'tensorflow' && tensorflowHome === null);

  here.each([[[6, 5]], [[1, 4]], [[4, 3, 3, 8]], [[9, 32, 32, 8]]])('%j equals the plain formula', async (shape) => {
    const environment = { home: tensorflowHome ?? '/nonexistent' };
    await activateBackend('cpu', environment);
    const reference = evaluate(composed, shape);
    await activateBackend(backend, environment);
    evaluate(fused, shape).forEach((actual, i) => {
      const expected = reference[i] ?? new Float32Array();
      expect(actual.length).toBe(expected.length);
      const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
      const worst = expected.reduce((max, value, j) => Math.max(max, Math.abs(value - (actual[j] ?? Number.NaN))), 0);
      expect(worst / scale, `tensor ${i}`).toBeLessThan(2e-5);
    });
  });
});
