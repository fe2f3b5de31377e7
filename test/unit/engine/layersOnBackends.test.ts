import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildLayer, forward, gradients, sampleOf, setWeights } from '../../conformance/builtLayer.ts';
import { LAYER_CASES } from '../../conformance/cases/index.ts';
import type { LayerCase } from '../../conformance/layerCase.ts';
import { tensorflowHome } from './tensorflowHome.ts';

type Backend = 'cpu' | 'wasm' | 'tensorflow';

/** Output, every gradient and every weight after one pass in training, of one layer on one backend. */
async function run(layerCase: LayerCase, backend: Backend): Promise<(Float32Array | null)[]> {
  await activateBackend(backend, { home: tensorflowHome ?? '/nonexistent' });
  tf.engine().startScope();
  try {
    const built = buildLayer(layerCase);
    const sample = sampleOf(layerCase, built);
    setWeights(built, sample);
    const { inputs, weights } = gradients(layerCase, built, sample, true);
    // Moving averages have moved.
    const after = built.weights.map(({ variable }) => variable.dataSync() as Float32Array);
    setWeights(built, sample);
    return [forward(layerCase, built, sample.inputs, false).output, ...inputs, ...weights, ...after];
  } finally {
    tf.engine().endScope();
  }
}

const cases = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output').map(
  (layerCase) => [`${layerCase.type}: ${layerCase.name}`, layerCase] as const,
);

describe.each(['wasm', 'tensorflow'] as const)('%s', (backend) => {
  const skip = backend === 'tensorflow' && tensorflowHome === null;
  test.skipIf(skip).each(cases)('%s gives what it gives on the cpu reference', async (_, layerCase) => {
    const reference = await run(layerCase, 'cpu');
    const ours = await run(layerCase, backend);
    expect(ours.length).toBe(reference.length);
    reference.forEach((expected, i) => {
      const actual = ours[i] ?? null;
      expect(actual === null).toBe(expected === null);
      if (!expected || !actual) return;
      expect(actual.length).toBe(expected.length);
      const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
      const worst = expected.reduce((max, value, j) => Math.max(max, Math.abs(value - (actual[j] ?? Number.NaN))), 0);
      expect(worst / scale).toBeLessThan(2e-5);
    });
  });
});
