import { ACTIVATIONS } from '../../activations.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { boolean } from '../../params.ts';
import {
  IN_CELL,
  inferRecurrent,
  recurrentActivationParam,
  recurrentCost,
  recurrentKerasArgs,
  recurrentOptions,
  recurrentParams,
  recurrentSummary,
  recurrentTraits,
  recurrentWeights,
  withPenalty,
} from './recurrent.ts';

/**
 * i, f, o = σ(x·W + h·U + b); c' = f·c + i·g, g = activation(…); h' = o · activation(c'). Gates in the columns of the kernels in the
 * order i, f, g, o (Keras and PyTorch; ONNX has i, o, f, c). One bias; PyTorch has two, to be added.
 */
export const lstm = defineLayer({
  type: 'LSTM',
  version: 1,
  family: 'rnn',
  glyph: 'lstm',
  title: 'LSTM',
  keywords: ['recurrent', 'long short-term memory', 'sequence', 'time'],
  doc: 'Reads a sequence step by step with a memory that gates protect, so that it can carry something over hundreds of steps.',
  source: { label: 'Hochreiter & Schmidhuber 1997', url: 'https://doi.org/10.1162/neco.1997.9.8.1735' },
  params: {
    ...recurrentParams,
    recurrentActivation: recurrentActivationParam,
    unitForgetBias: boolean({
      label: 'Forget bias of 1',
      help: 'Starts the forget gate open, so that it remembers from the start.',
      default: true,
      section: 'advanced',
      needs: [{ param: 'useBias', is: [true] }],
    }),
  },
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: recurrentTraits,
  summary: (p) => recurrentSummary(p),
  infer: (p, [input = []]) => inferRecurrent('LSTM', p, input),
  weights: (p, [input = []]) => recurrentWeights(p, input, 4),
  cost: (p, [input = []]) => recurrentCost(p, input, 4, 3),
  tf: (p, c) => {
    const options = { ...recurrentOptions(p, c), unitForgetBias: p.unitForgetBias };
    const activation = ACTIVATIONS[p.activation].tfjs;
    const recurrentActivation = ACTIVATIONS[p.recurrentActivation].tfjs;
    const layer =
      c.mode === 'export' && activation !== null && recurrentActivation !== null
        ? c.layers.lstm({ ...options, activation, recurrentActivation })
        : c.custom('LoomLSTM', {
            ...options,
            seed: p.seed,
            activation: p.activation,
            recurrentActivation: p.recurrentActivation,
          });
    return withPenalty(layer, p, c);
  },
  keras: (p) => ({
    className: 'LSTM',
    always: ['units'],
    holders: IN_CELL,
    args: {
      ...recurrentKerasArgs(p),
      recurrent_activation: ACTIVATIONS[p.recurrentActivation].keras,
      unit_forget_bias: p.unitForgetBias,
    },
  }),
});
