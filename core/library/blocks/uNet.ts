import { defineBlock } from '../defineBlock.ts';
import { activation, filters, kernelSize } from '../parameters.ts';
import { activeConv } from '../steps.ts';

const SHARED = {
  source: { label: 'Ronneberger et al. 2015', url: 'https://arxiv.org/abs/1505.04597' },
  hue: 92,
  tags: ['unet', 'u-net', 'segmentation', 'encoder', 'decoder', 'skip'],
} as const;
const PARAMETERS = {
  filters: filters(64),
  kernelSize: kernelSize(3),
  activation: activation('relu', 'Of both convolutions.'),
};
const TWICE = [activeConv('conv1', '=filters', '=kernelSize'), activeConv('conv2', '=filters', '=kernelSize')];

/** A level on the way down, which keeps what it saw. */
export const uNetDown = defineBlock({
  ...SHARED,
  id: 'unet-down',
  title: 'U-Net, down',
  glyph: 'pool',
  doc: 'A level of a U-Net on its way down: two convolutions, whose result leaves by “skip” to the level at the same height on the way up, and pooled to half the size by “down”. Convolutions keep the size here, so nothing has to be cropped.',
  parameters: PARAMETERS,
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const seen = sketch.chain(from, { column: 1 }, TWICE);
    const pooled = sketch.layer('MaxPool2D', { column: 3, row: 1 }, [seen], {}, 'pool');
    sketch.output('down', { column: 4, row: 1 }, pooled);
    sketch.output('skip', { column: 4 }, seen);
  },
});

/** A level on the way up, which reads what was kept. */
export const uNetUp = defineBlock({
  ...SHARED,
  id: 'unet-up',
  title: 'U-Net, up',
  glyph: 'upsample',
  doc: 'A level of a U-Net on its way up: what comes from below is made twice as large and goes through a 2×2 convolution, stands beside what the level at the same height kept, and two convolutions read both.',
  parameters: PARAMETERS,
  draw(sketch) {
    const below = sketch.input('up', { column: 0, row: 1 });
    const skip = sketch.input('skip', { column: 0 });
    const enlarged = sketch.chain(below, { column: 1, row: 1 }, [
      ['UpSampling2D', {}, 'enlarge'],
      activeConv('up_conv', '=filters', 2),
    ]);
    const joined = sketch.layer('Concatenate', { column: 3 }, [skip, enlarged], {}, 'join');
    const end = sketch.chain(joined, { column: 4 }, TWICE);
    sketch.output('out', { column: 6 }, end);
  },
});
