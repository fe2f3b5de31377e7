import { cases } from '../layerCase.ts';

export const normCases = [
  ...cases(
    'BatchNorm',
    ['vector', {}, [[5]]],
    ['map', { momentum: 0.9, epsilon: 1e-5 }, [[4, 3, 2]]],
    ['sequence', {}, [[4, 3]]],
    ['volume', {}, [[2, 3, 2, 2]]],
    ['first axis', { axis: 1 }, [[3, 4, 2]]],
    ['no scale', { scale: false }, [[4, 3, 2]]],
    ['no offset', { center: false }, [[4, 3, 2]]],
    ['plain', { center: false, scale: false }, [[6]]],
  ),
  ...cases(
    'LayerNorm',
    ['vector', {}, [[5]]],
    ['sequence', { epsilon: 1e-6 }, [[4, 6]]],
    ['map', {}, [[3, 3, 4]]],
    ['two axes', { axis: [2, 3] }, [[3, 4, 2]]],
    ['first axis', { axis: [1] }, [[3, 4]]],
    ['axes named in descending order', { axis: [3, 2] }, [[3, 4, 2]]],
    ['axes of one size named in descending order', { axis: [-1, 2] }, [[2, 4, 4]]],
    ['axes named from both ends', { axis: [-1, 1] }, [[3, 4, 2]]],
    ['no scale', { scale: false }, [[4]]],
    ['no offset', { center: false }, [[4]]],
  ),
];
