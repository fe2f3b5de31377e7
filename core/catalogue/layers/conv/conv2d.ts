import { activationParam, biasParams, kernelParams, oneIn, oneOut } from '../../commonParams.ts';
import { dilationParam, filtersParam, groupsParam, paddingParam, slidingParams } from '../../convParams.ts';
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
 * y = activation(x ∗ W + b). Channels last; the kernel is [height, width, channels / groups, filters]. Left out: data_format
 * (channels are last throughout).
 */
export const conv2d = defineLayer({
  type: 'Conv2D',
  version: 1,
  family: 'conv',
  glyph: 'conv',
  title: 'Conv 2D',
  tag: '2D',
  keywords: ['convolution', 'filter', 'kernel', 'cnn', 'image'],
  doc: 'Slides a small kernel over the map and puts out one channel for each filter: the same feature is found wherever it is. The workhorse of image networks.',
  source: { label: 'Keras: Conv2D', url: 'https://keras.io/api/layers/convolution_layers/convolution2d/' },
  params: {
    filters: filtersParam,
    ...slidingParams(2),
    padding: paddingParam,
    activation: activationParam,
    dilationRate: dilationParam(2),
    groups: groupsParam,
    ...kernelParams('glorotUniform'),
    ...biasParams,
  },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: {
    linear: 'learned',
    width: { param: 'filters' },
    window: convolutionWindow,
    sibling: { of: 'Conv', axes: 2 },
  },
  summary: convolutionSummary,
  infer: (p, [input = []]) => inferConvolution('Conv 2D', p, input),
  weights: (p, [input = []]) => convolutionWeights(p, input),
  cost: (p, [input = []], output) => convolutionCost(p, input, output),
  tf: buildConvolution,
  keras: (p) => ({ className: 'Conv2D', always: ['filters', 'kernel_size'], args: convolutionKerasArgs(p) }),
});
