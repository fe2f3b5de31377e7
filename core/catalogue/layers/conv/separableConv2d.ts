import { sizeOf } from '../../../tensor/index.ts';
import { ACTIVATIONS } from '../../activations.ts';
import { activationParam, biasParams, kernelParams, oneIn, oneOut } from '../../commonParams.ts';
import {
  depthMultiplierParam,
  depthwiseParams,
  dilationParam,
  filtersParam,
  paddingParam,
  sizes,
  slidingParams,
  stridesClash,
  unequalStrides,
} from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { constraint, initializer, regularizer } from '../../params.ts';
import { slide, wrongRank } from '../../spatial.ts';
import { withActivation } from '../../withActivation.ts';
import { convolutionWindow } from './convolution.ts';

const TITLE = 'Separable conv';
const { activityRegularizer } = kernelParams('glorotUniform');

/**
 * A depthwise convolution, then a 1×1 convolution; one bias and activation after both (Chollet 2017). Kernels
 * [height, width, channels, depthMultiplier] and [1, 1, channels · depthMultiplier, filters]. Left out: data_format.
 */
export const separableConv2d = defineLayer({
  type: 'SeparableConv2D',
  version: 1,
  family: 'conv',
  glyph: 'separable',
  title: TITLE,
  tag: '2D',
  keywords: ['convolution', 'xception', 'mobile'],
  doc: 'Looks at space first, channel by channel, and then mixes the channels with a 1×1 convolution: nearly what Conv 2D does, with far fewer weights.',
  source: {
    label: 'Keras: SeparableConv2D',
    url: 'https://keras.io/api/layers/convolution_layers/separable_convolution2d/',
  },
  params: {
    filters: filtersParam,
    ...slidingParams(2),
    padding: paddingParam,
    depthMultiplier: depthMultiplierParam,
    activation: activationParam,
    dilationRate: dilationParam(2),
    ...depthwiseParams,
    pointwiseInitializer: initializer({
      label: 'Pointwise initialiser',
      help: 'Where the 1×1 kernel starts.',
      default: { name: 'glorotUniform' },
      section: 'advanced',
    }),
    pointwiseRegularizer: regularizer({
      label: 'Pointwise penalty',
      help: 'Penalty on the 1×1 kernel, added to the loss.',
      default: null,
      section: 'advanced',
    }),
    pointwiseConstraint: constraint({
      label: 'Pointwise constraint',
      help: 'Projection of the 1×1 kernel after each update.',
      default: null,
      section: 'advanced',
    }),
    activityRegularizer,
    ...biasParams,
  },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { width: { param: 'filters' }, window: convolutionWindow, endsIn: (p) => p.activation },
  summary: (p) => [sizes(p.kernelSize), String(p.filters), p.padding].join(' · '),
  infer: (p, [input = []]) => {
    const failed =
      wrongRank(TITLE, input, 2) ?? stridesClash(TITLE, p.strides, p.dilationRate) ?? unequalStrides(TITLE, p.strides);
    if (failed !== null) return failed;
    const slid = slide(TITLE, input.slice(0, 2), { ...p, size: p.kernelSize, dilation: p.dilationRate }, 'kernelSize');
    return slid.ok ? { ok: true, shape: [...slid.sizes, p.filters], arithmetic: slid.arithmetic } : slid;
  },
  weights: (p, [input = []]) => {
    const channels = input[2] ?? 0;
    const between = channels * p.depthMultiplier;
    return [
      {
        name: 'depthwise_kernel',
        shape: [...p.kernelSize, channels, p.depthMultiplier],
        trainable: true,
        decays: true,
      },
      { name: 'pointwise_kernel', shape: [1, 1, between, p.filters], trainable: true, decays: true },
      ...(p.useBias ? [{ name: 'bias', shape: [p.filters], trainable: true, decays: false }] : []),
    ];
  },
  cost: (p, [input = []], output) => {
    const between = (input[2] ?? 0) * p.depthMultiplier;
    const positions = sizeOf(output.slice(0, 2));
    return { macs: positions * between * (sizeOf(p.kernelSize) + p.filters) };
  },
  tf: (p, c) =>
    withActivation(
      p.activation,
      c,
      (activation) => {
        const options = {
          name: c.name,
          filters: p.filters,
          padding: p.padding,
          depthMultiplier: p.depthMultiplier,
          activation,
          useBias: p.useBias,
          depthwiseInitializer: c.initializer(p.depthwiseInitializer, 'depthwise_kernel'),
          depthwiseRegularizer: c.regularizer(p.depthwiseRegularizer),
          depthwiseConstraint: c.constraint(p.depthwiseConstraint),
          pointwiseInitializer: c.initializer(p.pointwiseInitializer, 'pointwise_kernel'),
          pointwiseRegularizer: c.regularizer(p.pointwiseRegularizer),
          pointwiseConstraint: c.constraint(p.pointwiseConstraint),
          biasInitializer: c.initializer(p.biasInitializer, 'bias'),
          biasRegularizer: c.regularizer(p.biasRegularizer),
          biasConstraint: c.constraint(p.biasConstraint),
        };
        const { kernelSize, strides, dilationRate } = p;
        // The stock layer's dilation has no gradient (its inference is right), and its files lose the depth multiplier.
        if (c.mode === 'train' || p.depthMultiplier > 1)
          return c.custom('LoomSeparableConv2D', { ...options, kernelSize, strides, dilationRate });
        const [dh = 1, dw = 1] = dilationRate;
        const stock = c.layers.separableConv2d({
          ...options,
          kernelSize: [...kernelSize],
          strides: [...strides],
          dilationRate: [dh, dw],
        });
        // Of the two initialisers it is made with, the stock layer uses the depthwise one for both kernels.
        return Object.assign(stock, { pointwiseInitializer: options.pointwiseInitializer });
      },
      p.activityRegularizer,
    ),
  keras: (p) => ({
    className: 'SeparableConv2D',
    always: ['filters', 'kernel_size'],
    args: {
      filters: p.filters,
      kernel_size: p.kernelSize,
      strides: p.strides,
      padding: p.padding,
      dilation_rate: p.dilationRate,
      depth_multiplier: p.depthMultiplier,
      activation: ACTIVATIONS[p.activation].keras,
      use_bias: p.useBias,
      depthwise_initializer: { $initializer: p.depthwiseInitializer },
      pointwise_initializer: { $initializer: p.pointwiseInitializer },
      bias_initializer: { $initializer: p.biasInitializer },
      depthwise_regularizer: { $regularizer: p.depthwiseRegularizer },
      pointwise_regularizer: { $regularizer: p.pointwiseRegularizer },
      bias_regularizer: { $regularizer: p.biasRegularizer },
      activity_regularizer: { $regularizer: p.activityRegularizer },
      depthwise_constraint: { $constraint: p.depthwiseConstraint, rank: 4 },
      pointwise_constraint: { $constraint: p.pointwiseConstraint, rank: 4 },
      bias_constraint: { $constraint: p.biasConstraint, rank: 1 },
    },
  }),
});
