import { cases } from '../layerCase.ts';

const small = { numHeads: 2, keyDim: 3 };

const attention = cases(
  'MultiHeadAttention',
  ['self', small, [[4, 6]]],
  ['one head', { numHeads: 1, keyDim: 2 }, [[3, 4]]],
  ['heads that do not divide the width', { numHeads: 3, keyDim: 2 }, [[4, 5]]],
  ['one position', small, [[1, 4]]],
  ['no bias', { ...small, useBias: false }, [[4, 6]]],
  ['value of another size', { ...small, valueDim: 4 }, [[4, 6]]],
  ['output of another size', { ...small, outputShape: 5 }, [[4, 6]]],
  ['causal', { ...small, useCausalMask: true }, [[5, 4]]],
  [
    'cross',
    small,
    [
      [3, 6],
      [5, 4],
    ],
  ],
  [
    'cross, causal, longer',
    { ...small, useCausalMask: true },
    [
      [3, 4],
      [5, 4],
    ],
  ],
  [
    'cross, causal, shorter',
    { ...small, useCausalMask: true },
    [
      [5, 4],
      [3, 4],
    ],
  ],
  [
    'cross with key',
    { ...small, valueDim: 2, outputShape: 4 },
    [
      [3, 6],
      [5, 4],
      [5, 3],
    ],
  ],
  ['dropout', { ...small, dropout: 0.4 }, [[4, 6]], { random: true }],
  ['output penalty', { ...small, activityRegularizer: { l1: 0.02, l2: 0.1 } }, [[4, 6]]],
  [
    'weight penalty and constraint',
    {
      ...small,
      kernelRegularizer: { l1: 0, l2: 0.01 },
      kernelConstraint: { name: 'maxNorm', maxValue: 3 },
      biasConstraint: { name: 'maxNorm', maxValue: 2 },
      kernelInitializer: { name: 'heNormal' },
    },
    [[3, 4]],
  ],
);

/** A bias of the keys adds the same to all scores of a position, which softmax takes away again. */
export const attnCases = attention.map((layerCase) => ({ ...layerCase, zeroGradients: ['key/bias'] }));
