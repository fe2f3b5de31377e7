import { cases } from '../layerCase.ts';

export const mergeCases = [
  ...['Add', 'Multiply', 'Average', 'Maximum'].flatMap((type) =>
    cases(type, ['two vectors', {}, [[4], [4]]], ['three maps', {}, Array.from({ length: 3 }, () => [3, 2, 2])]),
  ),
  ...cases('Maximum', ['ties', {}, [[12], [12], [12]], { coarse: true }]),
  ...cases('Multiply', [
    'gate for each channel',
    {},
    [
      [3, 4, 2],
      [1, 1, 2],
    ],
  ]),
  ...cases(
    'Concatenate',
    [
      'channels',
      {},
      [
        [3, 3, 2],
        [3, 3, 4],
      ],
    ],
    ['vectors', {}, [[2], [3], [4]]],
    [
      'height',
      { axis: 1 },
      [
        [2, 3, 2],
        [4, 3, 2],
      ],
    ],
    [
      'from the end',
      { axis: -2 },
      [
        [2, 3, 2],
        [2, 1, 2],
      ],
    ],
  ),
];
