import { activationParam, biasParams, kernelParams, oneIn, oneOut } from '../../commonParams.ts';
import {
  causalPaddingParam,
  dilationParam,
  filtersParam,
  groupsParam,
  paddingParam,
  slidingParams,
} from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import type { ChoiceParam } from '../../params.ts';
import type { SpatialRank } from '../../spatial.ts';
import {
  buildConvolution,
  type ConvolutionValues,
  convolutionCost,
  convolutionKerasArgs,
  convolutionSummary,
  convolutionWeights,
  convolutionWindow,
  inferConvolution,
} from './convolution.ts';

const WORDS = {
  1: {
    keywords: ['sequence', 'series'],
    doc: 'Slides a small kernel along a sequence and puts out one channel for each filter. With causal padding and growing dilation it sees far back without looking ahead.',
  },
  2: {
    keywords: ['image'],
    doc: 'Slides a small kernel over the map and puts out one channel for each filter: the same feature is found wherever it is. The workhorse of image networks.',
  },
  3: {
    keywords: ['volume', 'video', 'voxel'],
    doc: 'Slides a small kernel through a volume, or through the pictures of a film, and puts out one channel for each filter. Costs grow with the cube of the kernel.',
  },
} as const;

/**
 * y = activation(x ∗ W + b) along this many axes. Channels last; the kernel is [...kernel size, channels / groups, filters]. Left out:
 * data_format (channels are last throughout).
 */
function convolution<const R extends SpatialRank>(axes: R) {
  const title = `Conv ${axes}D`;
  // Only a sequence has a before and an after.
  const padding: ChoiceParam<ConvolutionValues['padding']> = axes === 1 ? causalPaddingParam : paddingParam;
  return defineLayer({
    type: `Conv${axes}D` as const,
    version: 1,
    family: 'conv',
    glyph: 'conv',
    title,
    tag: `${axes}D`,
    keywords: ['convolution', 'filter', 'kernel', 'cnn', ...WORDS[axes].keywords],
    doc: WORDS[axes].doc,
    source: {
      label: `Keras: Conv${axes}D`,
      url: `https://keras.io/api/layers/convolution_layers/convolution${axes}d/`,
    },
    params: {
      filters: filtersParam,
      ...slidingParams(axes),
      padding,
      activation: activationParam,
      dilationRate: dilationParam(axes),
      groups: groupsParam,
      ...kernelParams('glorotUniform'),
      ...biasParams,
    },
    inputs: oneIn([axes + 1]),
    outputs: oneOut,
    traits: {
      linear: 'learned',
      width: { param: 'filters' },
      window: convolutionWindow,
      endsIn: (p) => p.activation,
      sibling: { of: 'Conv', axes },
    },
    summary: convolutionSummary,
    infer: (p, [input = []]) => inferConvolution(title, p, input, axes),
    weights: (p, [input = []]) => convolutionWeights(p, input),
    cost: (p, [input = []], output) => convolutionCost(p, input, output),
    tf: buildConvolution,
    keras: (p) => ({
      className: `Conv${axes}D`,
      always: ['filters', 'kernel_size'],
      args: convolutionKerasArgs(p),
    }),
  });
}

export const conv1d = convolution(1);
export const conv2d = convolution(2);
export const conv3d = convolution(3);
