import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { INITIALIZERS, type Initializer } from '../../../core/catalogue/index.ts';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { initialValues } from '../../../core/engine/model/initialValues.ts';
import { seededRandom, shuffled } from '../../../core/engine/model/random.ts';
import { setWeights, weightsOf } from '../../../core/engine/model/weights.ts';
import { ProblemError } from '../../../core/errors.ts';
import { LAYER_CASES } from '../../conformance/cases/index.ts';
import { caseDesign } from '../../parity/exportDesigns.ts';
import { design, irisPerceptron } from './designs.ts';

beforeAll(async () => {
  await activateBackend('wasm', { home: '/nonexistent' });
});

function moments(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) };
}

describe('initial weights', () => {
  const shape = [3, 3, 40, 60];
  const [fanIn, fanOut] = [360, 540];
  test.each([
    ['glorotUniform', 2 / (fanIn + fanOut)],
    ['glorotNormal', 2 / (fanIn + fanOut)],
    ['heUniform', 2 / fanIn],
    ['heNormal', 2 / fanIn],
    ['lecunUniform', 1 / fanIn],
    ['lecunNormal', 1 / fanIn],
  ] as const)('%s has the variance of its paper', (name, variance) => {
    const { mean, deviation } = moments(initialValues(INITIALIZERS[name].default, shape, seededRandom(1)));
    expect(Math.abs(mean)).toBeLessThan(0.02 * Math.sqrt(variance));
    expect(deviation / Math.sqrt(variance)).toBeCloseTo(1, 1);
  });

  test.each([[[6, 4]], [[4, 6]], [[64, 256]]])('orthogonal %j has orthonormal columns or rows', (size) => {
    const [rows = 0, columns = 0] = size;
    const q = initialValues({ name: 'orthogonal', gain: 1 }, size, seededRandom(3));
    const count = Math.min(rows, columns);
    const at = (vector: number, i: number) => q[rows < columns ? vector * columns + i : i * columns + vector] ?? 0;
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) product += at(a, i) * at(b, i);
        expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
      }
  });

  test('every initialiser repeats itself from its seed and differs from another', () => {
    for (const { default: value } of Object.values(INITIALIZERS) as { default: Initializer }[]) {
      const draw = (seed: number) => initialValues(value, [8, 8], seededRandom(seed, 'layer', 'kernel'));
      expect(draw(1)).toEqual(draw(1));
      if (!['zeros', 'ones', 'constant'].includes(value.name)) expect(draw(1)).not.toEqual(draw(2));
    }
  });
});

test('a shuffle holds every index once', () => {
  const order = shuffled(1000, seededRandom(5));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order.slice(0, 10)]).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe('building', () => {
  test('weights depend on the seed alone, not on the backend', async () => {
    const read = async (backend: 'cpu' | 'wasm', seed: number) => {
      await activateBackend(backend, { home: '/nonexistent' });
      const model = buildModel(irisPerceptron(), { seed, mode: 'train' });
      const weights = await weightsOf(model);
      model.dispose();
      return weights;
    };
    const first = await read('wasm', 1);
    expect(await read('cpu', 1)).toEqual(first);
    expect(await read('wasm', 2)).not.toEqual(first);
  });

  test('the softmax before a cross-entropy is split off while training and whole in an export', () => {
    const document = irisPerceptron();
    const trained = buildModel(document, { seed: 1, mode: 'train' });
    const exported = buildModel(document, { seed: 1, mode: 'export' });
    expect(trained.heads[0]?.trainsOn).toBe('logits');
    const x = tf.randomNormal([5, 4], 0, 1, 'float32', 7);
    const [probabilities, logits, whole] = [trained.model, trained.trainModel, exported.model].map(
      (model) => model.apply(x) as tf.Tensor,
    );
    if (!probabilities || !logits || !whole) throw new Error('three outputs');
    const difference = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? 1;
    expect(difference(tf.softmax(logits), probabilities)).toBeLessThan(1e-6);
    expect(difference(probabilities, whole)).toBeLessThan(1e-6);
    expect(exported.model.layers.map((layer) => layer.name)).toEqual(['measures', 'hidden', 'drop', 'answer']);
    trained.dispose();
    exported.dispose();
  });

  test.each([
    [
      'a Softmax layer',
      [
        { type: 'Dense', name: 'z', params: { units: 3 } },
        { type: 'Softmax', name: 's' },
      ],
      {},
      'logits',
    ],
    ['logits', [{ type: 'Dense', name: 'z', params: { units: 3 } }], { fromLogits: true }, 'logits'],
    [
      'softmax with something behind it',
      [
        { type: 'Dense', name: 'z', params: { units: 3, activation: 'softmax' } },
        { type: 'Reshape', name: 'r', params: { targetShape: [3] } },
      ],
      {},
      'probabilities',
    ],
    [
      'the softmax of a recurrent layer, which cannot be left off, with a penalty behind it',
      [
        { type: 'Reshape', name: 'steps', params: { targetShape: [2, 2] } },
        {
          type: 'SimpleRNN',
          name: 'z',
          params: { units: 3, activation: 'softmax', activityRegularizer: { l1: 0.1, l2: 0 } },
        },
      ],
      {},
      'probabilities',
    ],
    [
      'a convolution and a binary head',
      [
        { type: 'Reshape', name: 'steps', params: { targetShape: [4, 1] } },
        { type: 'Conv1D', name: 'z', params: { filters: 1, kernelSize: [4], activation: 'sigmoid' } },
      ],
      { loss: 'binaryCrossentropy' },
      'logits',
    ],
    [
      'mean squared error',
      [{ type: 'Dense', name: 'z', params: { units: 3 } }],
      { loss: 'meanSquaredError' },
      'values',
    ],
  ] as const)('%s: trains on what it should', (_, layers, head, expected) => {
    const document = design(
      [{ type: 'Input', name: 'x', params: { shape: [4] } }, ...layers, { type: 'Output', name: 'y', params: head }],
      { kind: 'builtin', id: 'iris' },
    );
    const model = buildModel(document, { seed: 1, mode: 'train' });
    expect(model.heads[0]?.trainsOn).toBe(expected);
    const x = tf.randomNormal([5, 4], 0, 1, 'float32', 7);
    const [trained, said] = [model.trainModel, model.model].map((one) => [one.apply(x)].flat()[0] as tf.Tensor);
    if (!trained || !said) throw new Error('two outputs');
    const activation = said.shape.at(-1) === 1 ? tf.sigmoid(trained) : tf.softmax(trained);
    const around = model.heads[0]?.goesAround === true ? activation : trained;
    expect(tf.max(tf.abs(tf.sub(around, said))).dataSync()[0]).toBeLessThan(1e-6);
    model.dispose();
  });

  test('weights go out and in by name; wrong ones are refused whole', async () => {
    const model = buildModel(irisPerceptron(), { seed: 1, mode: 'train' });
    const other = buildModel(irisPerceptron(), { seed: 2, mode: 'train' });
    const weights = await weightsOf(other);
    setWeights(model, weights);
    expect(await weightsOf(model)).toEqual(weights);
    const short = new Map([...weights].slice(1));
    expect(() => setWeights(model, short)).toThrow(ProblemError);
    const bent = new Map([...weights, ['answer/bias', { shape: [2], data: new Float32Array(2) }] as const]);
    expect(() => setWeights(model, bent)).toThrow(/answer\/bias is 2 in the stored weights but 3/);
    expect(await weightsOf(model)).toEqual(weights);
    model.dispose();
    other.dispose();
  });

  test.each(['train', 'export'] as const)(
    'building every kind of layer to %s and disposing leaves no tensor',
    (mode) => {
      const cases = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output');
      const { document } = caseDesign('every layer', cases);
      const before = tf.memory().numTensors;
      buildModel(document, { seed: 1, mode }).dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
