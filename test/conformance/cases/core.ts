import { ACTIVATIONS } from '../../../core/catalogue/index.ts';
import { cases } from '../layerCase.ts';

const initial = { name: 'heNormal' };

export const coreCases = [
  ...cases('Input', ['image', { shape: [8, 8, 1] }, []]),
  ...cases('Output', ['classes', {}, [[10]]]),
  ...cases(
    'Dense',
    ['vector', { units: 5 }, [[7]]],
    ['no bias', { units: 3, useBias: false }, [[4]]],
    ['on a sequence', { units: 4, activation: 'tanh' }, [[5, 3]]],
    ['on a map', { units: 4 }, [[3, 2, 5]]],
    [
      'penalties and constraints',
      {
        units: 4,
        kernelInitializer: initial,
        kernelRegularizer: { l1: 0.01, l2: 0.02 },
        biasRegularizer: { l1: 0, l2: 0.1 },
        activityRegularizer: { l1: 0.1, l2: 0.2 },
        kernelConstraint: { name: 'maxNorm', maxValue: 2 },
        biasConstraint: { name: 'nonNeg' },
      },
      [[6]],
    ],
  ),
  ...Object.keys(ACTIVATIONS).flatMap((activation) => cases('Dense', [activation, { units: 6, activation }, [[5]]])),
  ...cases(
    'Embedding',
    ['sequence', { inputDim: 11, outputDim: 4 }, [[6]], { integersBelow: 11 }],
    ['grid', { inputDim: 5, outputDim: 3 }, [[2, 3]], { integersBelow: 5 }],
  ),
];
