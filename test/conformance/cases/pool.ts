import { cases } from '../layerCase.ts';

export const poolCases = [
  ...['MaxPool2D', 'AveragePool2D'].flatMap((type) =>
    cases(
      type,
      ['2×2', {}, [[6, 6, 3]]],
      ['drops the rest', { poolSize: [2, 3] }, [[7, 8, 2]]],
      ['same', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }, [[7, 8, 2]]],
      ['overlapping', { poolSize: [3, 2], strides: [1, 1] }, [[5, 5, 2]]],
    ),
  ),
  ...['MaxPool1D', 'AveragePool1D'].flatMap((type) =>
    cases(
      type,
      ['2', {}, [[7, 3]]],
      ['same', { poolSize: [3], strides: [2], padding: 'same' }, [[8, 2]]],
      ['overlapping', { poolSize: [3], strides: [1] }, [[6, 2]]],
    ),
  ),
  ...['GlobalAveragePool2D', 'GlobalMaxPool2D'].flatMap((type) =>
    cases(type, ['vector', {}, [[4, 5, 3]]], ['keeps axes', { keepdims: true }, [[4, 5, 3]]]),
  ),
  ...['GlobalAveragePool1D', 'GlobalMaxPool1D'].flatMap((type) =>
    cases(type, ['vector', {}, [[6, 3]]], ['keeps axes', { keepdims: true }, [[6, 3]]]),
  ),
  ...['MaxPool3D', 'AveragePool3D'].flatMap((type) =>
    cases(
      type,
      ['2×2×2', {}, [[4, 4, 4, 2]]],
      ['same', { poolSize: [2, 3, 3], strides: [1, 2, 2], padding: 'same' }, [[3, 5, 4, 2]]],
      ['overlapping, uneven', { poolSize: [2, 1, 3], strides: [1, 1, 2] }, [[3, 2, 5, 2]]],
    ),
  ),
  ...['GlobalAveragePool3D', 'GlobalMaxPool3D'].flatMap((type) =>
    cases(type, ['vector', {}, [[2, 3, 4, 3]]], ['keeps axes', { keepdims: true }, [[2, 3, 4, 3]]]),
  ),
  ...cases('MaxPool1D', ['ties', {}, [[8, 3]], { coarse: true }]),
  ...cases('MaxPool2D', ['ties', {}, [[6, 6, 2]], { coarse: true }]),
  ...cases('GlobalMaxPool1D', ['ties', {}, [[9, 3]], { coarse: true }]),
  ...cases('GlobalMaxPool2D', ['ties', {}, [[4, 4, 3]], { coarse: true }]),
];
