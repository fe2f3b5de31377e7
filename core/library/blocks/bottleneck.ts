import { defineBlock } from '../defineBlock.ts';
import { convNormParameters, count, filters, stride } from '../parameters.ts';
import { batchNorm, conv, relu, strided } from '../steps.ts';
import { drawResidual, RESIDUAL } from './residual.ts';

const WIDE = '=filters * expansion';
/** 1×1 down, 3×3, 1×1 up; the sum ends in ReLU. The first convolution strides, as in the paper. */
const branch = (strides: typeof strided | Record<never, never>) => [
  conv('conv1', '=filters', 1, strides),
  batchNorm('bn1'),
  relu('relu1'),
  conv('conv2', '=filters', 3),
  batchNorm('bn2'),
  relu('relu2'),
  conv('conv3', WIDE, 1),
  batchNorm('bn3'),
];
const after = [relu('relu3')];
const SHARED = {
  ...RESIDUAL,
  source: { label: 'He et al. 2016', url: 'https://arxiv.org/abs/1512.03385' },
  tags: [...RESIDUAL.tags, 'bottleneck'],
};
const narrow = filters(64, 'Channels of the 3×3 convolution in the middle.');
const expansion = count('Expansion', 4, 'How many times more channels come out than the middle has.');

/** The bottleneck whose input goes around unchanged. */
export const bottleneckIdentity = defineBlock({
  ...SHARED,
  id: 'bottleneck-identity',
  title: 'Bottleneck, identity',
  doc: 'A residual block for deep networks: a 1×1 convolution takes the channels down, a 3×3 convolution works on few of them, and another 1×1 brings them back. Its input must have as many channels as come out: filters times expansion.',
  parameters: { filters: narrow, expansion, ...convNormParameters },
  draw: (sketch) => drawResidual(sketch, { branch: branch({}), after }),
});

/** The bottleneck that begins a stage. */
export const bottleneckProjection = defineBlock({
  ...SHARED,
  id: 'bottleneck-projection',
  title: 'Bottleneck, projection',
  doc: 'The bottleneck that begins a stage: a 1×1 convolution with batch norm brings the shortcut to the size and the channels of the branch.',
  parameters: { filters: narrow, expansion, stride: stride(2), ...convNormParameters },
  draw: (sketch) =>
    drawResidual(sketch, {
      branch: branch(strided),
      shortcut: [conv('project', WIDE, 1, strided), batchNorm('project_bn')],
      after,
    }),
});
