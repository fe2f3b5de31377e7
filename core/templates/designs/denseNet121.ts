import { denseNetBlock, denseNetTransition, type Step } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';
import { CLASSES, imageNetDocument, PICTURE, stem, TAGS, WANTS } from './imageNet.ts';

const NORM = { momentum: 0.99, epsilon: 1.001e-5 };
/** Layers of each dense block, from Huang et al. 2017 (arXiv:1608.06993), table 1; half of the channels behind it go on. */
const BLOCKS = [6, 12, 24, 16] as const;
const GROWTH_RATE = 32;

/** 8,062,504 parameters, as `keras.applications.DenseNet121`; layer for layer the same. */
export const denseNet121 = defineTemplate({
  id: 'densenet121',
  title: 'DenseNet-121',
  description: `Four dense blocks, in which every layer reads all before it, 8,062,504 parameters. ${WANTS}`,
  tags: [...TAGS, 'dense', 'concatenate', 'blocks'],
  layers: 429,
  parameters: 8_062_504,
  create() {
    const block = denseNetBlock.create();
    const transition = denseNetTransition.create();
    let channels = 64;
    const stages = BLOCKS.flatMap((layers, i): Step[] => {
      const dense = { block, values: { layers, growthRate: GROWTH_RATE, ...NORM }, name: `dense${i + 1}` };
      channels += layers * GROWTH_RATE;
      if (i === BLOCKS.length - 1) return [dense];
      channels /= 2;
      return [dense, { block: transition, values: { filters: channels, ...NORM }, name: `transition${i + 1}` }];
    });
    return imageNetDocument('DenseNet-121', [
      PICTURE,
      ...stem(false, NORM),
      ...stages,
      ['BatchNorm', NORM],
      ['ReLU'],
      ['GlobalAveragePool2D'],
      ...CLASSES,
    ]);
  },
});
