import { ACTIVATIONS } from '../../activations.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import {
  IN_CELL,
  inferRecurrent,
  recurrentCost,
  recurrentKerasArgs,
  recurrentOptions,
  recurrentParams,
  recurrentSummary,
  recurrentTraits,
  recurrentWeights,
  withPenalty,
} from './recurrent.ts';

const TITLE = 'Simple RNN';

/** h' = activation(x·W + h·U + b) (Elman 1990). Keras 3.15 takes activity_regularizer here and forgets it; this layer applies it. */
export const simpleRnn = defineLayer({
  type: 'SimpleRNN',
  version: 1,
  family: 'rnn',
  glyph: 'rnn',
  title: TITLE,
  keywords: ['recurrent', 'elman', 'sequence', 'time'],
  doc: 'Reads a sequence step by step and keeps a state. Forgets quickly: for anything long take GRU or LSTM.',
  source: { label: 'Keras: SimpleRNN', url: 'https://keras.io/api/layers/recurrent_layers/simple_rnn/' },
  params: recurrentParams,
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: recurrentTraits,
  summary: (p) => recurrentSummary(p),
  infer: (p, [input = []]) => inferRecurrent(TITLE, p, input),
  weights: (p, [input = []]) => recurrentWeights(p, input, 1),
  cost: (p, [input = []]) => recurrentCost(p, input, 1, 0),
  tf: (p, c) => {
    const options = recurrentOptions(p, c);
    const activation = ACTIVATIONS[p.activation].tfjs;
    const layer =
      c.mode === 'export' && activation !== null
        ? c.layers.simpleRNN({ ...options, activation })
        : c.custom('LoomSimpleRNN', { ...options, seed: p.seed, activation: p.activation });
    return withPenalty(layer, p, c);
  },
  keras: (p) => ({ className: 'SimpleRNN', always: ['units'], args: recurrentKerasArgs(p), holders: IN_CELL }),
});
