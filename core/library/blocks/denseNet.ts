import { defineBlock } from '../defineBlock.ts';
import { convNormParameters, count, filters, SAME_CONV_NORM } from '../parameters.ts';
import { batchNorm, conv, relu } from '../steps.ts';

const SHARED = {
  source: { label: 'Huang et al. 2017', url: 'https://arxiv.org/abs/1608.06993' },
  hue: 330,
  glyph: 'concat',
  tags: ['densenet', 'concatenate', 'skip'],
} as const;
const growthRate = count('Growth rate', 32, 'Channels that each layer adds.');

/** One layer of a dense block, with what arrives beside what it makes. */
export const denseNetLayer = defineBlock({
  ...SHARED,
  id: 'densenet-layer',
  title: 'DenseNet layer',
  doc: 'Makes a few channels of everything that arrives and puts them beside it, so that every layer behind reads all that were made before. The 1×1 convolution bounds what the 3×3 one has to read.',
  parameters: { growthRate, ...convNormParameters },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const made = sketch.chain(from, { column: 1, row: 1 }, [
      batchNorm('bn1'),
      relu('relu1'),
      conv('conv1', '=growthRate * 4', 1),
      batchNorm('bn2'),
      relu('relu2'),
      conv('conv2', '=growthRate', 3),
    ]);
    const joined = sketch.layer('Concatenate', { column: 7 }, [from, made], {}, 'join');
    sketch.output('out', { column: 8 }, joined);
  },
});

/** Layers of DenseNet in series. */
export const denseNetBlock = defineBlock({
  ...SHARED,
  id: 'densenet-block',
  title: 'Dense block',
  doc: 'DenseNet layers one after the other. What comes out has the growth rate times the layers more channels than what arrives.',
  parameters: {
    layers: { ...count('Layers', 6, 'How many layers stand in series.'), max: 200 },
    growthRate,
    ...convNormParameters,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const step = {
      block: denseNetLayer.create(),
      values: { growthRate: '=growthRate', ...SAME_CONV_NORM },
      repeat: '=layers',
      name: 'layer',
    };
    const end = sketch.chain(from, { column: 1 }, [step]);
    sketch.output('out', { column: 2 }, end);
  },
});

/** What stands between two dense blocks. */
export const denseNetTransition = defineBlock({
  ...SHARED,
  id: 'densenet-transition',
  title: 'DenseNet transition',
  doc: 'Stands between two dense blocks: a 1×1 convolution takes channels away, as a rule half of them, and a pool halves height and width.',
  parameters: { filters: filters(128), ...convNormParameters },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      batchNorm('bn'),
      relu('relu'),
      conv('conv', '=filters', 1),
      ['AveragePool2D', {}, 'pool'],
    ]);
    sketch.output('out', { column: 5 }, end);
  },
});
