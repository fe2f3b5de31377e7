import { defineBlock } from '../defineBlock.ts';
import { activation, convNormParameters, count, filters, kernelSize, stride } from '../parameters.ts';
import type { LayerStep } from '../sketch.ts';
import { activate, batchNorm, conv, strided } from '../steps.ts';
import { drawResidual } from './residual.ts';

const depthwise = (kernel: number | string, strides: typeof strided | Record<never, never>): LayerStep => [
  'DepthwiseConv2D',
  {
    kernelSize: [kernel, kernel],
    padding: 'same',
    useBias: '=useBias',
    depthwiseInitializer: { name: 'heNormal' },
    ...strides,
  },
  'depthwise',
];

/** A depthwise convolution, then a 1×1 convolution. */
export const depthwiseSeparable = defineBlock({
  id: 'depthwise-separable',
  title: 'Depthwise separable',
  doc: 'A convolution in two steps: one kernel for each channel looks at space, then a 1×1 convolution mixes the channels; batch norm and an activation behind each. An eighth to a ninth of the work of a 3×3 convolution.',
  source: { label: 'Howard et al. 2017', url: 'https://arxiv.org/abs/1704.04861' },
  hue: 190,
  glyph: 'separable',
  tags: ['mobilenet', 'depthwise', 'separable', 'pointwise'],
  parameters: {
    filters: filters(64),
    kernelSize: kernelSize(3),
    stride: stride(1),
    activation: activation('relu', 'Applied behind the batch norm of the depthwise convolution.'),
    outputActivation: activation('relu', 'Applied at the end: none makes it a linear bottleneck.', 'Last activation'),
    ...convNormParameters,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      depthwise('=kernelSize', strided),
      batchNorm('depthwise_bn'),
      activate('depthwise_act'),
      conv('pointwise', '=filters', 1),
      batchNorm('pointwise_bn'),
      activate('pointwise_act', 'outputActivation'),
    ]);
    sketch.output('out', { column: 7 }, end);
  },
});

const INVERTED = {
  source: { label: 'Sandler et al. 2018', url: 'https://arxiv.org/abs/1801.04381' },
  hue: 176,
  glyph: 'depthwise',
  tags: ['mobilenet', 'mbconv', 'inverted', 'linear bottleneck', 'depthwise'],
} as const;
const expansion = count('Expansion', 6, 'How many times more channels stand inside than arrive.');
const inside = activation('relu6', 'Applied inside; nothing is applied to what comes out.');

/** 1×1 up, a depthwise 3×3, 1×1 down without an activation. */
const branch = (wide: string, strides: typeof strided | Record<never, never>) => [
  conv('expand', wide, 1),
  batchNorm('expand_bn'),
  activate('expand_act'),
  depthwise(3, strides),
  batchNorm('depthwise_bn'),
  activate('depthwise_act'),
  conv('project', '=filters', 1),
  batchNorm('project_bn'),
];

/** The inverted residual whose input goes around unchanged. */
export const invertedResidual = defineBlock({
  ...INVERTED,
  id: 'inverted-residual',
  title: 'Inverted residual',
  doc: 'The residual block of mobile networks, wide inside and narrow at its ends: a 1×1 convolution makes more channels, a depthwise one looks at space, and a 1×1 without activation brings them back. Its input must have as many channels as there are filters.',
  parameters: {
    filters: filters(64, 'Channels that arrive, and that come out.'),
    expansion,
    activation: inside,
    ...convNormParameters,
  },
  draw: (sketch) => drawResidual(sketch, { branch: branch('=filters * expansion', {}) }),
});

/** The inverted residual where size or channels change. */
export const invertedResidualChange = defineBlock({
  ...INVERTED,
  id: 'inverted-residual-no-skip',
  title: 'Inverted residual, no skip',
  doc: 'The inverted residual where size or channels change, so that nothing goes around it. A formula cannot ask how many channels arrive, so they are a parameter.',
  parameters: {
    inputFilters: count('Channels in', 32, 'Channels that arrive; times the expansion there are inside.'),
    filters: filters(64),
    stride: stride(2),
    expansion,
    activation: inside,
    ...convNormParameters,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, branch('=inputFilters * expansion', strided));
    sketch.output('out', { column: 9 }, end);
  },
});
