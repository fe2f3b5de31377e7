import { describe, expect, it } from 'vitest';
import { checkParams, defaultParams, findLayer, kerasConfigValue } from '../../../core/catalogue/index.ts';

const layer = (type: string) => {
  const found = findLayer(type);
  if (found === undefined) throw new Error(`No layer ${type}.`);
  return found;
};

describe('checkParams', () => {
  it('fills in defaults', () => {
    const { params, problems } = checkParams(layer('Dense'), { units: 10 });
    expect(problems).toEqual([]);
    expect(params).toEqual({ ...defaultParams(layer('Dense')), units: 10 });
  });

  it('says what is wrong with a value, and goes on with the default', () => {
    const { params, problems } = checkParams(layer('Conv2D'), { filters: 0, kernelSize: [3], padding: 'causal' });
    expect(params).toMatchObject({ filters: 32, kernelSize: [3, 3], padding: 'valid' });
    expect(problems.map(({ param, message }) => [param, message])).toEqual([
      ['filters', 'Filters of Conv 2D must be a whole number from 1 to 100000, but is 0.'],
      ['kernelSize', 'Kernel size of Conv 2D must be 2 whole numbers (height, width), each of at least 1, but is [3].'],
      ['padding', 'Padding of Conv 2D must be one of valid, same, but is "causal".'],
    ]);
  });

  it.each([
    ['a fraction', 1.5],
    ['text', '3'],
    ['null', null],
    ['too large', 1e9],
  ])('refuses %s as a count', (_, units) => {
    expect(checkParams(layer('Dense'), { units }).problems).toHaveLength(1);
  });

  it('refuses half an initialiser and a negative penalty', () => {
    const { problems } = checkParams(layer('Dense'), {
      kernelInitializer: { name: 'constant' },
      kernelRegularizer: { l1: -1, l2: 0 },
    });
    expect(problems.map(({ param }) => param)).toEqual(['kernelInitializer', 'kernelRegularizer']);
  });

  it('warns of parameters it does not know, also of inherited names', () => {
    const { problems } = checkParams(layer('Flatten'), JSON.parse('{"size": 2, "toString": 1}'));
    expect(problems.map(({ code, severity, param }) => [code, severity, param])).toEqual([
      ['unknown-param', 'warning', 'size'],
      ['unknown-param', 'warning', 'toString'],
    ]);
  });
});

describe('kerasConfigValue', () => {
  it('leaves plain values alone and spells ours for Keras', () => {
    expect(kerasConfigValue([3, 3])).toEqual([3, 3]);
    expect(kerasConfigValue({ $initializer: { name: 'randomUniform', min: -1, max: 2 } })).toEqual({
      module: 'keras.initializers',
      class_name: 'RandomUniform',
      config: { minval: -1, maxval: 2, seed: null },
      registered_name: null,
    });
    expect(kerasConfigValue({ $regularizer: null })).toBeNull();
    expect(kerasConfigValue({ $constraint: { name: 'maxNorm', maxValue: 3 }, rank: 4 })).toMatchObject({
      class_name: 'MaxNorm',
      config: { max_value: 3, axis: [0, 1, 2] },
    });
  });
});
