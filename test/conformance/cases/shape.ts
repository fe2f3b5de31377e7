import { cases } from '../layerCase.ts';

export const shapeCases = [
  ...cases('Flatten', ['map', {}, [[3, 4, 2]]], ['vector', {}, [[5]]]),
  ...cases(
    'Reshape',
    ['to a map', { targetShape: [2, 3, 2] }, [[12]]],
    ['left over', { targetShape: [4, -1] }, [[2, 3, 2]]],
    ['default', {}, [[2, 3]]],
  ),
  ...cases('Permute', ['swap', { dims: [2, 1] }, [[3, 4]]], ['channels first', { dims: [3, 1, 2] }, [[2, 3, 4]]]),
  ...cases(
    'Split',
    ['default', {}, [[3, 4]]],
    ['three parts of the height', { parts: 3, axis: 1 }, [[6, 2, 4]]],
    ['of a vector', { parts: 5 }, [[5]]],
  ),
  ...cases('ZeroPadding2D', ['default', {}, [[3, 3, 2]]], ['uneven', { padding: [0, 1, 2, 3] }, [[3, 4, 2]]]),
  ...cases(
    'UpSampling2D',
    ['nearest', {}, [[3, 4, 2]]],
    ['nearest, uneven', { size: [1, 3] }, [[2, 2, 3]]],
    ['bilinear', { interpolation: 'bilinear' }, [[3, 4, 2]]],
    ['bilinear, uneven', { size: [3, 1], interpolation: 'bilinear' }, [[3, 4, 2]]],
    ['bicubic', { interpolation: 'bicubic' }, [[5, 4, 2]]],
    ['lanczos3', { interpolation: 'lanczos3' }, [[7, 6, 1]]],
    ['lanczos5', { interpolation: 'lanczos5' }, [[11, 6, 1]]],
  ),
];
