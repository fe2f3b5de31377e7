import { type Step, vggStage } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';
import { CLASSES, imageNetDocument, PICTURE, TAGS, WANTS } from './imageNet.ts';

/** Filters and convolutions of each stage, from Simonyan & Zisserman 2015 (arXiv:1409.1556), configuration D. */
const STAGES = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
] as const;

/** 138,357,544 parameters, as torchvision's `vgg16`, which has the paper's dropout, and Keras's `VGG16`, which has none. */
export const vgg16 = defineTemplate({
  id: 'vgg16',
  title: 'VGG16',
  description: `Five stages of 3×3 convolutions and three Dense layers, 138,357,544 parameters. ${WANTS}`,
  tags: [...TAGS, 'blocks'],
  layers: 25,
  parameters: 138_357_544,
  create() {
    const block = vggStage.create();
    const stages = STAGES.map(
      ([filters, convolutions], i): Step => ({ block, values: { filters, convolutions }, name: `stage${i + 1}` }),
    );
    const hidden = { units: 4096, activation: 'relu', kernelInitializer: { name: 'heNormal' } };
    return imageNetDocument(
      'VGG16',
      [
        PICTURE,
        ...stages,
        ['Flatten'],
        ['Dense', hidden],
        ['Dropout', { rate: 0.5 }],
        ['Dense', hidden],
        ['Dropout', { rate: 0.5 }],
        ...CLASSES,
      ],
      { learningRate: 0.01, epochs: 74, weightDecay: 0.0005 },
    );
  },
});
