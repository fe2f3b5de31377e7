import { defineBlock } from '../defineBlock.ts';
import { activation, convNormParameters, filters, kernelSize, stride } from '../parameters.ts';
import { activate, batchNorm, conv, strided } from '../steps.ts';

/** A convolution, batch norm, an activation. */
export const convBnAct = defineBlock({
  id: 'conv-bn-act',
  title: 'Conv-BN-act',
  doc: 'A convolution, batch norm, and the activation behind it: the unit that most image networks are made of. The convolution needs no bias, because batch norm adds an offset of its own.',
  source: { label: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' },
  hue: 212,
  glyph: 'conv',
  tags: ['convolution', 'batch norm', 'bn', 'relu', 'cnn'],
  parameters: {
    filters: filters(64),
    kernelSize: kernelSize(3),
    stride: stride(1),
    activation: activation('relu', 'Applied behind batch norm.'),
    ...convNormParameters,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      conv('conv', '=filters', '=kernelSize', strided),
      batchNorm('bn'),
      activate('act'),
    ]);
    sketch.output('out', { column: 4 }, end);
  },
});
