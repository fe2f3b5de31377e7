import { cases } from '../layerCase.ts';

export const regCases = [
  ...cases(
    'Dropout',
    ['half', {}, [[10]], { random: true }],
    ['whole channels', { rate: 0.3, noiseShape: [1, 1, 0] }, [[3, 3, 4]], { random: true }],
    ['own seed', { rate: 0.2, seed: 7 }, [[3, 4]], { random: true }],
    ['off', { rate: 0 }, [[4]]],
  ),
  ...cases('SpatialDropout2D', ['default', {}, [[3, 3, 6]], { random: true }], ['off', { rate: 0 }, [[2, 2, 2]]]),
];
