import { activationParam, biasParams, kernelParams, oneIn, oneOut } from '../../commonParams.ts';
import { causalPaddingParam, dilationParam, filtersParam, groupsParam, slidingParams } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import {
  buildConvolution,
  convolutionCost,
  convolutionKerasArgs,
  convolutionSummary,
  convolutionWeights,
  convolutionWindow,
  inferConvolution,
} from './convolution.ts';

/**
 * y = activation(x ∗ W + b). Channels last; the kernel is [length, channels / groups, filters]. Left out: data_format
 * (channels are last throughout).
 */
export const conv1d = defineLayer({
  type: 'Conv1D',
  version: 1,
  family: 'conv',
  glyph: 'conv',
  title: 'Conv 1D',
  tag: '1D',
  keywords: ['convolution', 'filter', 'kernel', 'cnn', 'sequence', 'series'],
  doc: 'Slides a small kernel along a sequence and puts out one channel for each filter. With causal padding and growing dilation it sees far back without looking ahead.',
  source: { label: 'Keras: Conv1D', url: 'https://keras.io/api/layers/convolution_layers/convolution1d/' },
  params: {
    filters: filtersParam,
    ...slidingParams(1),
    padding: causalPaddingParam,
    activation: activationParam,
    dilationRate: dilationParam(1),
    groups: groupsParam,
    ...kernelParams('glorotUniform'),
    ...biasParams,
  },
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: {
    linear: 'learned',
    width: { param: 'filters' },
    window: convolutionWindow,
    sibling: { of: 'Conv', axes: 1 },
  },
  summary: convolutionSummary,
  infer: (p, [input = []]) => inferConvolution('Conv 1D', p, input),
  weights: (p, [input = []]) => convolutionWeights(p, input),
  cost: (p, [input = []], output) => convolutionCost(p, input, output),
  tf: buildConvolution,
  keras: (p) => ({ className: 'Conv1D', always: ['filters', 'kernel_size'], args: convolutionKerasArgs(p) }),
});
