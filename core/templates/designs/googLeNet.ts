import { convBnAct, inceptionV1, type Step } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';
import { CLASSES, imageNetDocument, PICTURE, TAGS, WANTS } from './imageNet.ts';

const NORM = { momentum: 0.9, epsilon: 0.001 };
/** Szegedy et al. 2015 (arXiv:1409.4842), table 1: 1×1, before 3×3, 3×3, before 5×5, 5×5, pool. */
const MODULES = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const;

/**
 * 6,624,904 trainable parameters, as torchvision's `googlenet` without its auxiliary heads: with batch norm, and with 3×3 kernels where the
 * paper has 5×5.
 */
export const googLeNet = defineTemplate({
  id: 'googlenet',
  title: 'GoogLeNet',
  description: `Nine Inception modules with batch norm, 6,624,904 trainable parameters. ${WANTS}`,
  tags: [...TAGS, 'inception', 'blocks'],
  layers: 197,
  parameters: 6_639_464,
  create() {
    const unit = convBnAct.create();
    const inception = inceptionV1.create();
    const conv = (name: string, filters: number, kernelSize: number, stride = 1): Step => ({
      block: unit,
      values: { filters, kernelSize, stride, ...NORM },
      name,
    });
    const pool = (poolSize: number): Step => [
      'MaxPool2D',
      { poolSize: [poolSize, poolSize], strides: [2, 2], padding: 'same' },
    ];
    const modules = (...names: readonly (keyof typeof MODULES)[]) =>
      names.map((name): Step => {
        const [filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, poolFilters] = MODULES[name];
        const filters = { filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, poolFilters };
        return { block: inception, values: { ...filters, largest: 3, ...NORM }, name: `inception_${name}` };
      });
    return imageNetDocument('GoogLeNet', [
      PICTURE,
      conv('conv1', 64, 7, 2),
      pool(3),
      conv('conv2_reduce', 64, 1),
      conv('conv2', 192, 3),
      pool(3),
      ...modules('3a', '3b'),
      pool(3),
      ...modules('4a', '4b', '4c', '4d', '4e'),
      pool(2),
      ...modules('5a', '5b'),
      ['GlobalAveragePool2D'],
      ['Dropout', { rate: 0.2 }],
      ...CLASSES,
    ]);
  },
});
