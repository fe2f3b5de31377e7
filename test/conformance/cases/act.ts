import { cases } from '../layerCase.ts';

const plain = ['SELU', 'Swish', 'Mish', 'Sigmoid', 'HardSigmoid', 'Tanh', 'Softplus', 'Softsign'];

export const actCases = [
  ...plain.flatMap((type) => cases(type, ['map', {}, [[3, 2, 2]]])),
  // At zero and at thresholds.
  ...[...plain, 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'GELU', 'Softmax'].flatMap((type) =>
    cases(type, ['kinks', {}, [[24]], { coarse: true }]),
  ),
  ...cases('ELU', ['kinks, alpha', { alpha: 0.6 }, [[24]], { coarse: true }]),
  ...cases('ReLU', ['kinks, slope', { negativeSlope: 0.2 }, [[24]], { coarse: true }]),
  ...cases(
    'ReLU',
    ['plain', {}, [[12]]],
    ['cut', { maxValue: 0.5 }, [[12]]],
    ['slope', { negativeSlope: 0.2 }, [[12]]],
    ['threshold', { threshold: 0.3 }, [[12]]],
    ['all', { maxValue: 0.7, negativeSlope: 0.1, threshold: 0.2 }, [[12]]],
  ),
  ...cases(
    'Activation',
    ['ReLU6', { activation: 'relu6' }, [[12]]],
    ['leaky ReLU', { activation: 'leakyRelu' }, [[3, 4]]],
  ),
  ...cases('LeakyReLU', ['default', {}, [[12]]], ['0.1', { negativeSlope: 0.1 }, [[3, 4]]]),
  ...cases(
    'PReLU',
    ['own slopes', {}, [[6]]],
    ['map', {}, [[3, 2, 2]]],
    ['shared', { sharedAxes: [1, 2] }, [[3, 4, 2]]],
    ['one shared', { sharedAxes: [1] }, [[3, 4]]],
    ['the last shared', { sharedAxes: [3] }, [[3, 4, 2]]],
    ['one in the middle shared', { sharedAxes: [2] }, [[3, 4, 2]]],
    ['all shared', { sharedAxes: [1, 2] }, [[3, 4]]],
  ),
  ...cases('ELU', ['default', {}, [[12]]], ['alpha', { alpha: 0.6 }, [[12]]]),
  ...cases('GELU', ['exact', {}, [[12]]], ['approximate', { approximate: true }, [[12]]]),
  ...cases(
    'Softmax',
    ['vector', {}, [[6]]],
    ['map', {}, [[3, 2, 4]]],
    ['first axis', { axis: 1 }, [[3, 4, 2]]],
    ['middle axis', { axis: -2 }, [[3, 4, 2]]],
  ),
];
