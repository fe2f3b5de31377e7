import { defineBlock } from '../defineBlock.ts';
import { activation, count, filters } from '../parameters.ts';
import { activeConv } from '../steps.ts';

const SHARED = {
  source: { label: 'Simonyan & Zisserman 2015', url: 'https://arxiv.org/abs/1409.1556' },
  hue: 232,
  tags: ['vgg', 'convolution', 'stage'],
} as const;
const active = activation('relu', 'Of each convolution.');

/** What a stage repeats; of no use by itself. */
const vggConv = defineBlock({
  ...SHARED,
  id: 'vgg-conv',
  title: 'VGG convolution',
  glyph: 'conv',
  doc: 'A 3×3 convolution with its activation.',
  parameters: { filters: filters(64), activation: active },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [activeConv('conv', '=filters', 3)]);
    sketch.output('out', { column: 2 }, end);
  },
});

/** 3×3 convolutions in series and a pool. */
export const vggStage = defineBlock({
  ...SHARED,
  id: 'vgg-stage',
  title: 'VGG stage',
  glyph: 'pool',
  doc: 'A few 3×3 convolutions, which together see as far as one large kernel with fewer weights, and a pool that halves height and width.',
  parameters: {
    filters: filters(64),
    convolutions: { ...count('Convolutions', 2, 'How many stand in series.'), max: 100 },
    activation: active,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      {
        block: vggConv.create(),
        values: { filters: '=filters', activation: '=activation' },
        repeat: '=convolutions',
        name: 'conv',
      },
      ['MaxPool2D', {}, 'pool'],
    ]);
    sketch.output('out', { column: 3 }, end);
  },
});
