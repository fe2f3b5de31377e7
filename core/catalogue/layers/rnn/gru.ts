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
 * z, r = σ(x·W + h·U + b); h' = z·h + (1 − z)·activation(x·W + r·(h·U) + b). Gates in the columns of the kernels in the order z, r, h
 * (Keras and ONNX; PyTorch has r, z, n). With resetAfter the bias is [2, 3 · units], for input and state.
 */
export const gru = defineLayer({
  type: 'GRU',
  version: 1,
  family: 'rnn',
  glyph: 'gru',
  title: 'GRU',
  keywords: ['recurrent', 'gated', 'sequence', 'time'],
  doc: 'Reads a sequence step by step with two gates: nearly what LSTM does, with a quarter fewer weights.',
  source: { label: 'Cho et al. 2014', url: 'https://arxiv.org/abs/1406.1078' },
  params: {
    ...recurrentParams,
    recurrentActivation: recurrentActivationParam,
    resetAfter: boolean({
      label: 'Reset after',
      help: 'Applies the reset gate after the product with the state instead of before it; what GPUs compute.',
      default: true,
      section: 'advanced',
    }),
  },
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: recurrentTraits,
  summary: (p) => recurrentSummary(p),
  infer: (p, [input = []]) => inferRecurrent('GRU', p, input),
  weights: (p, [input = []]) => recurrentWeights(p, input, 3, p.resetAfter ? [2, 3 * p.units] : [3 * p.units]),
  cost: (p, [input = []]) => recurrentCost(p, input, 3, 3),
  tf: (p, c) => {
    const options = recurrentOptions(p, c);
    const activation = ACTIVATIONS[p.activation].tfjs;
    const recurrentActivation = ACTIVATIONS[p.recurrentActivation].tfjs;
    const layer =
      c.mode === 'export' && !p.resetAfter && activation !== null && recurrentActivation !== null
        ? c.layers.gru({ ...options, activation, recurrentActivation })
        : c.custom('LoomGRU', {
            ...options,
            seed: p.seed,
            activation: p.activation,
            recurrentActivation: p.recurrentActivation,
            resetAfter: p.resetAfter,
          });
    return withPenalty(layer, p, c);
  },
  keras: (p) => ({
    className: 'GRU',
    always: ['units'],
    holders: IN_CELL,
    args: {
      ...recurrentKerasArgs(p, p.resetAfter ? 2 : 1),
      recurrent_activation: ACTIVATIONS[p.recurrentActivation].keras,
      reset_after: p.resetAfter,
    },
  }),
});
