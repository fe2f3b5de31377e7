import { defineBlock } from '../defineBlock.ts';
import { count, filters } from '../parameters.ts';

/** One factor for each channel, by what the whole map holds. */
export const squeezeExcite = defineBlock({
  id: 'squeeze-excite',
  title: 'Squeeze and excite',
  doc: 'Weighs the channels of a map by what the whole map holds: their means go through two small Dense layers, which end in one factor between 0 and 1 for each channel. Put it behind the last convolution of a block.',
  source: { label: 'Hu et al. 2018', url: 'https://arxiv.org/abs/1709.01507' },
  hue: 32,
  glyph: 'multiply',
  tags: ['se', 'senet', 'channel attention', 'gate'],
  parameters: {
    filters: filters(64, 'Channels that arrive, and that come out.'),
    ratio: count('Reduction', 16, 'How many times fewer numbers stand between the two Dense layers.'),
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const gate = sketch.chain(from, { column: 1, row: 1 }, [
      ['GlobalAveragePool2D', { keepdims: true }, 'squeeze'],
      ['Dense', { units: '=max(1, floor(filters / ratio))', activation: 'relu' }, 'reduce'],
      ['Dense', { units: '=filters', activation: 'sigmoid' }, 'excite'],
    ]);
    const scaled = sketch.layer('Multiply', { column: 4 }, [from, gate], {}, 'scale');
    sketch.output('out', { column: 5 }, scaled);
  },
});
