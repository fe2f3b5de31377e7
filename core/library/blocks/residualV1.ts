import { defineBlock } from '../defineBlock.ts';
import { batchNormParameters, filters, stride, useBias } from '../parameters.ts';
import type { Sketch, Source, Step } from '../sketch.ts';
import { batchNorm, conv, strided } from '../steps.ts';

const SOURCE = { label: 'He et al. 2016', url: 'https://arxiv.org/abs/1512.03385' };
const SHARED = { source: SOURCE, hue: 262, glyph: 'add', tags: ['residual', 'resnet', 'skip', 'shortcut'] } as const;

/** Two 3×3 convolutions below the shortcut; the sum ends in ReLU. */
function drawBranch(sketch: Sketch, first: Step, shortcut: readonly Step[]): void {
  const from = sketch.input('in', { column: 0, row: 1 });
  const branch = sketch.chain(from, { column: 1, row: 1 }, [
    first,
    batchNorm('bn1'),
    ['ReLU', {}, 'relu1'],
    conv('conv2', '=filters', 3),
    batchNorm('bn2'),
  ]);
  const around: Source = shortcut.length === 0 ? from : sketch.chain(from, { column: 2 }, shortcut);
  const sum = sketch.layer('Add', { column: 6, row: 1 }, [branch, around], {}, 'add');
  const end = sketch.layer('ReLU', { column: 7, row: 1 }, [sum], {}, 'relu2');
  sketch.output('out', { column: 8, row: 1 }, end);
}

export const residualV1Identity = defineBlock({
  ...SHARED,
  id: 'residual-v1-identity',
  title: 'Residual, identity',
  doc: 'Two 3×3 convolutions learn what to add to their input, which goes around them unchanged, so that gradients reach the layers before without loss. Its input must have as many channels as there are filters.',
  parameters: {
    filters: filters(64, 'Channels, of what arrives and of what comes out.'),
    useBias,
    ...batchNormParameters,
  },
  draw: (sketch) => drawBranch(sketch, conv('conv1', '=filters', 3), []),
});

export const residualV1Projection = defineBlock({
  ...SHARED,
  id: 'residual-v1-projection',
  title: 'Residual, projection',
  doc: 'The residual block that begins a stage: a 1×1 convolution with batch norm brings the shortcut to the size and the channels of the branch.',
  parameters: { filters: filters(64), stride: stride(2), useBias, ...batchNormParameters },
  draw: (sketch) =>
    drawBranch(sketch, conv('conv1', '=filters', 3, strided), [
      conv('project', '=filters', 1, strided),
      batchNorm('project_bn'),
    ]),
});

export const residualV1PlainProjection = defineBlock({
  ...SHARED,
  id: 'residual-v1-plain-projection',
  title: 'Residual, plain projection',
  doc: 'As the residual block with a projection, but nothing normalises the shortcut behind its 1×1 convolution, as in Keras’s networks for CIFAR-10.',
  source: {
    label: 'Keras: ResNet for CIFAR-10',
    url: 'https://github.com/keras-team/keras/blob/2.3.1/examples/cifar10_resnet.py',
  },
  parameters: { filters: filters(64), stride: stride(2), useBias, ...batchNormParameters },
  draw: (sketch) =>
    drawBranch(sketch, conv('conv1', '=filters', 3, strided), [conv('project', '=filters', 1, strided)]),
});
