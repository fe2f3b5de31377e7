import { sizeOf } from '../../../tensor/index.ts';
import { ACTIVATIONS } from '../../activations.ts';
import { activationParam, biasParams, kernelParams, oneIn, oneOut } from '../../commonParams.ts';
import {
  depthMultiplierParam,
  depthwiseParams,
  dilationParam,
  paddingParam,
  sizes,
  slidingParams,
  stridesClash,
  unequalStrides,
} from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { slide, wrongRank } from '../../spatial.ts';
import { withActivation } from '../../withActivation.ts';
import { convolutionWindow } from './convolution.ts';

const TITLE = 'Depthwise conv';
const { activityRegularizer } = kernelParams('glorotUniform');

/**
 * Each input channel has kernels of its own. Output channel c · depthMultiplier + m comes from input channel c. The kernel is
 * [height, width, channels, depthMultiplier]. Left out: data_format (channels are last throughout).
 */
export const depthwiseConv2d = defineLayer({
  type: 'DepthwiseConv2D',
  version: 1,
  family: 'conv',
  glyph: 'depthwise',
  title: TITLE,
  tag: '2D',
  keywords: ['convolution', 'mobile', 'channel-wise'],
  doc: 'A convolution that treats every channel by itself: a fraction of the cost of Conv 2D. A 1×1 convolution after it mixes the channels.',
  source: {
    label: 'Keras: DepthwiseConv2D',
    url: 'https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/',
  },
  params: {
    ...slidingParams(2),
    padding: paddingParam,
    depthMultiplier: depthMultiplierParam,
    activation: activationParam,
    dilationRate: dilationParam(2),
    ...depthwiseParams,
    activityRegularizer,
    ...biasParams,
  },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { window: convolutionWindow, endsIn: (p) => p.activation },
  summary: (p) => [sizes(p.kernelSize), p.padding].join(' · '),
  infer: (p, [input = []]) => {
    const failed =
      wrongRank(TITLE, input, 2) ?? stridesClash(TITLE, p.strides, p.dilationRate) ?? unequalStrides(TITLE, p.strides);
    if (failed !== null) return failed;
    const slid = slide(TITLE, input.slice(0, 2), { ...p, size: p.kernelSize, dilation: p.dilationRate }, 'kernelSize');
    if (!slid.ok) return slid;
    return { ok: true, shape: [...slid.sizes, (input[2] ?? 0) * p.depthMultiplier], arithmetic: slid.arithmetic };
  },
  weights: (p, [input = []]) => {
    const channels = input[2] ?? 0;
    return [
      { name: 'kernel', shape: [...p.kernelSize, channels, p.depthMultiplier], trainable: true, decays: true },
      ...(p.useBias ? [{ name: 'bias', shape: [channels * p.depthMultiplier], trainable: true, decays: false }] : []),
    ];
  },
  cost: (p, _, output) => ({ macs: sizeOf(output) * sizeOf(p.kernelSize) }),
  tf: (p, c) =>
    withActivation(
      p.activation,
      c,
      (activation) => {
        const options = {
          name: c.name,
          padding: p.padding,
          depthMultiplier: p.depthMultiplier,
          activation,
          useBias: p.useBias,
          depthwiseInitializer: c.initializer(p.depthwiseInitializer, 'kernel'),
          depthwiseRegularizer: c.regularizer(p.depthwiseRegularizer),
          depthwiseConstraint: c.constraint(p.depthwiseConstraint),
          biasInitializer: c.initializer(p.biasInitializer, 'bias'),
          biasRegularizer: c.regularizer(p.biasRegularizer),
          biasConstraint: c.constraint(p.biasConstraint),
        };
        // The stock layer takes a dilation rate and then computes without it.
        if (p.dilationRate.some((d) => d > 1)) {
          const { kernelSize, strides, dilationRate } = p;
          return c.custom('LoomDepthwiseConv2D', { ...options, kernelSize, strides, dilationRate });
        }
        const [kh = 1, kw = 1] = p.kernelSize;
        return c.layers.depthwiseConv2d({ ...options, kernelSize: [kh, kw], strides: [...p.strides] });
      },
      p.activityRegularizer,
    ),
  keras: (p) => ({
    className: 'DepthwiseConv2D',
    always: ['kernel_size'],
    args: {
      kernel_size: p.kernelSize,
      strides: p.strides,
      padding: p.padding,
      depth_multiplier: p.depthMultiplier,
      dilation_rate: p.dilationRate,
      activation: ACTIVATIONS[p.activation].keras,
      use_bias: p.useBias,
      depthwise_initializer: { $initializer: p.depthwiseInitializer },
      bias_initializer: { $initializer: p.biasInitializer },
      depthwise_regularizer: { $regularizer: p.depthwiseRegularizer },
      bias_regularizer: { $regularizer: p.biasRegularizer },
      activity_regularizer: { $regularizer: p.activityRegularizer },
      depthwise_constraint: { $constraint: p.depthwiseConstraint, rank: 4 },
      bias_constraint: { $constraint: p.biasConstraint, rank: 1 },
    },
  }),
});
