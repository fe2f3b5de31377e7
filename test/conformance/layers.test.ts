import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkParams, defaultParams, listLayers, paramsSchema } from '../../core/catalogue/index.ts';
import { activateBackend } from '../../core/engine/backends/registry.ts';
import { sizeOf } from '../../core/tensor/index.ts';
import { BATCH, buildLayer, forward, gradients, resolve, sampleOf, setWeights } from './builtLayer.ts';
import { LAYER_CASES } from './cases/index.ts';
import { randomValues } from './randomValues.ts';

/** The builder makes Input itself, and Output marks what it reads: neither has a layer of its own. */
const BUILT_CASES = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output');

/** Step of the finite differences: below half the spacing of the values, so that no maximum changes hands. */
const STEP = 1e-3;

beforeAll(async () => {
  await activateBackend('cpu', { home: '/nonexistent' });
});

describe('every layer type', () => {
  it.each(listLayers().map((layer) => [layer.type, layer] as const))(
    '%s has cases and valid defaults',
    (type, layer) => {
      expect(LAYER_CASES.some((layerCase) => layerCase.type === type)).toBe(true);
      expect(paramsSchema(layer).safeParse(defaultParams(layer)).success).toBe(true);
      expect(layer.doc.length).toBeGreaterThan(20);
    },
  );
});

describe.each(LAYER_CASES.map((c) => [`${c.type}: ${c.name}`, c] as const))('%s', (_, layerCase) => {
  it('keeps its parameters through a check and a file', () => {
    const { definition, params } = resolve(layerCase);
    const again = checkParams(definition, JSON.parse(JSON.stringify(params)));
    expect(again).toEqual({ params, problems: [] });
    expect(params).toMatchObject(layerCase.params);
    expect(definition.summary(params)).toBeTypeOf('string');
  });
});

describe.each(BUILT_CASES.map((c) => [`${c.type}: ${c.name}`, c] as const))('%s', (_, layerCase) => {
  it('builds what it infers', () => {
    const built = buildLayer(layerCase);
    const { definition, params, outputShape } = built;
    expect(built.model.outputs[0]?.shape.slice(1)).toEqual(outputShape);
    const specs = definition.weights(params, layerCase.inputs);
    expect(built.weights.map(({ shape, trainable }) => ({ shape, trainable }))).toEqual(
      specs.map(({ shape, trainable }) => ({ shape, trainable })),
    );
    // TensorFlow.js calls a depthwise kernel depthwise_kernel, Keras 3 calls it kernel.
    const names = built.weights.map(({ name }) => name);
    expect(layerCase.type === 'DepthwiseConv2D' ? names.map((n) => n.replace('depthwise_', '')) : names).toEqual(
      specs.map(({ name }) => name),
    );
    expect(built.model.countParams()).toBe(specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
    expect(definition.cost(params, layerCase.inputs, outputShape).macs).toBeGreaterThanOrEqual(0);
    const output = forward(layerCase, built, sampleOf(layerCase, built).inputs, false).output;
    expect(output.length).toBe(BATCH * sizeOf(outputShape));
  });

  it('computes the same in the form that is exported', () => {
    const [train, exported] = [buildLayer(layerCase), buildLayer(layerCase, 'export')];
    const sample = sampleOf(layerCase, train);
    setWeights(train, sample);
    setWeights(exported, sample);
    const [a, b] = [train, exported].map((built) => forward(layerCase, built, sample.inputs, false).output);
    expect(largestDifference(a, b)).toBeLessThan(2e-6);
  });

  it('survives being saved as JSON', () => {
    const built = buildLayer(layerCase);
    const sample = sampleOf(layerCase, built);
    setWeights(built, sample);
    // TensorFlow.js's orthogonal initialiser runs only where the whole @tensorflow/tfjs package is loaded; what it makes here is
    // overwritten anyway.
    const config = JSON.parse(JSON.stringify(built.model.getConfig()).replaceAll('"Orthogonal"', '"Zeros"'));
    const Model = built.model.constructor as unknown as {
      fromConfig(cls: unknown, config: unknown): typeof built.model;
    };
    const restored = Model.fromConfig(built.model.constructor, config);
    // Not setWeights: it applies the constraints.
    restored.weights.forEach((w, i) => {
      (w.read() as tf.Variable).assign(built.model.weights[i]?.read() as tf.Tensor);
    });
    const [a, b] = [built.model, restored].map(
      (model) => forward(layerCase, { ...built, model }, sample.inputs, false).output,
    );
    expect(largestDifference(a, b)).toBe(0);
  });

  // At a kink there is none; the parity tests compare those with Keras.
  const differences = layerCase.coarse ? null : it;
  differences?.('has the gradients that finite differences show', () => {
    const built = buildLayer(layerCase);
    const sample = sampleOf(layerCase, built);
    setWeights(built, sample);
    const found = gradients(layerCase, built, sample, true);
    const value = (s: typeof sample) => {
      setWeights(built, s);
      const { output } = forward(layerCase, built, s.inputs, true);
      return output.reduce((sum, y, i) => sum + y * (s.cotangent[i] ?? 0), 0);
    };
    // None where there can be none: indices, and what is not trained. Anywhere else it would be a missing gradient.
    expect(found.inputs.map((gradient) => gradient === null)).toEqual(
      found.inputs.map(() => layerCase.integersBelow !== undefined),
    );
    expect(found.weights.map((gradient) => gradient === null)).toEqual(
      built.weights.map((weight) => !weight.trainable),
    );
    for (const part of ['inputs', 'weights'] as const) {
      found[part].forEach((gradient, at) => {
        if (gradient === null) return;
        for (const round of [0, 1]) {
          const direction = randomValues(`direction ${part} ${at} ${round}`, gradient.length);
          const moved = (by: number) => ({
            ...sample,
            [part]: sample[part].map((data, i) => (i === at ? data.map((x, j) => x + by * (direction[j] ?? 0)) : data)),
          });
          const measured = (value(moved(STEP)) - value(moved(-STEP))) / (2 * STEP);
          const claimed = gradient.reduce((sum, g, i) => sum + g * (direction[i] ?? 0), 0);
          const scale = gradient.reduce((sum, g, i) => sum + Math.abs(g * (direction[i] ?? 0)), 0);
          expect(Math.abs(measured - claimed), `${part} ${at}: ${measured} against ${claimed}`).toBeLessThan(
            0.01 * scale + 2e-3,
          );
        }
      });
    }
  });
});

function largestDifference(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - (b[i] ?? Number.NaN))), 0);
}
