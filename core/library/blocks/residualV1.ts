import { defineBlock } from '../defineBlock.ts';
import { convNormParameters, filters, stride } from '../parameters.ts';
import { batchNorm, conv, relu, strided } from '../steps.ts';
import { drawResidual, RESIDUAL } from './residual.ts';

/** Two 3×3 convolutions; the sum ends in ReLU. */
const branch = (strides: typeof strided | Record<never, never>) => [
  conv('conv1', '=filters', 3, strides),
  batchNorm('bn1'),
  relu('relu1'),
  conv('conv2', '=filters', 3),
  batchNorm('bn2'),
];
const after = [relu('relu2')];
const SOURCE = { label: 'He et al. 2016', url: 'https://arxiv.org/abs/1512.03385' };
const STRIDED = { filters: filters(64), stride: stride(2), ...convNormParameters };

/** The post-activation residual block whose input goes around unchanged. */
export const residualV1Identity = defineBlock({
  ...RESIDUAL,
  id: 'residual-v1-identity',
  title: 'Residual, identity',
  doc: 'Two 3×3 convolutions learn what to add to their input, which goes around them unchanged, so that gradients reach the layers before without loss. Its input must have as many channels as there are filters.',
  source: SOURCE,
  parameters: { filters: filters(64, 'Channels that arrive, and that come out.'), ...convNormParameters },
  draw: (sketch) => drawResidual(sketch, { branch: branch({}), after }),
});

/** The post-activation residual block that begins a stage. */
export const residualV1Projection = defineBlock({
  ...RESIDUAL,
  id: 'residual-v1-projection',
  title: 'Residual, projection',
  doc: 'The residual block that begins a stage: a 1×1 convolution with batch norm brings the shortcut to the size and the channels of the branch.',
  source: SOURCE,
  parameters: STRIDED,
  draw: (sketch) =>
    drawResidual(sketch, {
      branch: branch(strided),
      shortcut: [conv('project', '=filters', 1, strided), batchNorm('project_bn')],
      after,
    }),
});

/** The one that begins a stage without batch norm in its shortcut. */
export const residualV1PlainProjection = defineBlock({
  ...RESIDUAL,
  id: 'residual-v1-plain-projection',
  title: 'Residual, plain projection',
  doc: 'As the residual block with a projection, but nothing normalises the shortcut behind its 1×1 convolution, as in Keras’s networks for CIFAR-10.',
  source: {
    label: 'Keras: ResNet for CIFAR-10',
    url: 'https://github.com/keras-team/keras/blob/2.3.1/examples/cifar10_resnet.py',
  },
  parameters: STRIDED,
  draw: (sketch) =>
    drawResidual(sketch, {
      branch: branch(strided),
      shortcut: [conv('project', '=filters', 1, strided)],
      after,
    }),
});
