import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildLayer, forward, gradients, sampleOf, setWeights } from '../../conformance/builtLayer.ts';
import { LAYER_CASES } from '../../conformance/cases/index.ts';
import type { LayerCase } from '../../conformance/layerCase.ts';

/** Output and every gradient of one layer in training, on one backend. */
async function run(layerCase: LayerCase, backend: 'cpu' | 'wasm'): Promise<(Float32Array | null)[]> {
  await activateBackend(backend, { home: '/nonexistent' });
  tf.engine().startScope();
  try {
    const built = buildLayer(layerCase);
    const sample = sampleOf(layerCase, built);
    setWeights(built, sample);
    const { inputs, weights } = gradients(layerCase, built, sample, true);
    setWeights(built, sample);
    return [forward(layerCase, built, sample.inputs, false).output, ...inputs, ...weights];
  } finally {
    tf.engine().endScope();
  }
}

test.each(
  LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output').map(
    (c) => [`${c.type}: ${c.name}`, c] as const,
  ),
)('%s gives on wasm what it gives on the cpu reference', async (_, layerCase) => {
  const reference = await run(layerCase, 'cpu');
  const ours = await run(layerCase, 'wasm');
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
