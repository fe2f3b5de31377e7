import { cases, type LayerCase } from '../layerCase.ts';

const shared = (type: string): readonly LayerCase[] =>
  cases(
    type,
    ['last state', { units: 3 }, [[5, 2]]],
    ['sequence', { units: 3, returnSequences: true }, [[4, 3]]],
    ['backwards', { units: 2, goBackwards: true, returnSequences: true }, [[4, 3]]],
    ['no bias', { units: 3, useBias: false }, [[4, 2]]],
    ['other activation', { units: 3, activation: 'softsign' }, [[4, 2]]],
    ['dropout', { units: 4, dropout: 0.4, recurrentDropout: 0.3 }, [[4, 3]], { random: true }],
    [
      'output penalty',
      { units: 3, activityRegularizer: { l1: 0, l2: 0.1 } },
      [[3, 2]],
      { kerasDropsPenalty: type === 'SimpleRNN' },
    ],
  );

export const rnnCases = [
  ...shared('SimpleRNN'),
  ...shared('LSTM'),
  ...shared('GRU'),
  ...cases(
    'LSTM',
    ['hard gates', { units: 3, recurrentActivation: 'hardSigmoid' }, [[4, 2]]],
    ['closed forget gate', { units: 3, unitForgetBias: false }, [[4, 2]]],
  ),
  ...cases(
    'GRU',
    ['reset before', { units: 3, resetAfter: false }, [[4, 2]]],
    ['reset before, no bias', { units: 3, resetAfter: false, useBias: false }, [[4, 2]]],
    ['hard gates', { units: 3, recurrentActivation: 'hardSigmoid' }, [[4, 2]]],
  ),
];
