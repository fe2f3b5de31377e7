import { defineBlock } from '../defineBlock.ts';
import { convNormParameters, count, kernelSize, SAME_CONV_NORM } from '../parameters.ts';
import type { BlockStep } from '../sketch.ts';
import { convBnAct } from './convBnAct.ts';

/** A convolution with batch norm and ReLU. */
const unit = (name: string, filters: string, kernel: number | string): BlockStep => ({
  block: convBnAct.create(),
  values: { filters, kernelSize: kernel, ...SAME_CONV_NORM },
  name,
});

/** Windows of several sizes side by side, with batch norm. */
export const inceptionV1 = defineBlock({
  id: 'inception-v1',
  title: 'Inception v1',
  doc: 'Looks at the same map through windows of several sizes at once and puts what they find side by side. 1×1 convolutions before the larger windows keep the cost down. Every convolution here has batch norm, which came a year after the paper.',
  source: { label: 'Szegedy et al. 2015', url: 'https://arxiv.org/abs/1409.4842' },
  hue: 150,
  glyph: 'concat',
  tags: ['inception', 'googlenet', 'branches'],
  parameters: {
    filters1x1: count('Filters, 1×1', 64, 'Channels of the branch that is one 1×1 convolution.'),
    reduce3x3: count('Before 3×3', 96, 'Channels that the 3×3 convolution reads.'),
    filters3x3: count('Filters, 3×3', 128, 'Channels of the branch with the 3×3 convolution.'),
    reduce5x5: count('Before 5×5', 16, 'Channels that the 5×5 convolution reads.'),
    filters5x5: count('Filters, 5×5', 32, 'Channels of the branch with the 5×5 convolution.'),
    poolFilters: count('Filters, pool', 32, 'Channels of the branch that pools.'),
    largest: kernelSize(5, 'The largest window. The paper’s is 5; torchvision’s GoogLeNet has 3 there.'),
    ...convNormParameters,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const branches = [
      sketch.chain(from, { column: 1 }, [unit('b1', '=filters1x1', 1)]),
      sketch.chain(from, { column: 1, row: 1 }, [unit('b2_reduce', '=reduce3x3', 1), unit('b2', '=filters3x3', 3)]),
      sketch.chain(from, { column: 1, row: 2 }, [
        unit('b3_reduce', '=reduce5x5', 1),
        unit('b3', '=filters5x5', '=largest'),
      ]),
      sketch.chain(from, { column: 1, row: 3 }, [
        ['MaxPool2D', { poolSize: [3, 3], strides: [1, 1], padding: 'same' }, 'b4_pool'],
        unit('b4', '=poolFilters', 1),
      ]),
    ];
    const joined = sketch.layer('Concatenate', { column: 3 }, branches, {}, 'join');
    sketch.output('out', { column: 4 }, joined);
  },
});
