import { Sketch, type Step } from '../../library/index.ts';
import { defaultSettings } from '../../params/index.ts';
import { OPTIMIZERS } from '../../training/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

/** Convolutions of each stage, from Simonyan & Zisserman 2015 (arXiv:1409.1556), configuration A. */
const STAGES = [[64], [128], [256, 256], [512, 512], [512, 512]] as const;

/** 132,863,336 parameters, as torchvision's `vgg11`; layer for layer the same. */
export const vgg11 = defineTemplate({
  id: 'vgg11',
  title: 'VGG11',
  description:
    'Eleven layers with weights, 132,863,336 parameters, for 1,000 classes of ImageNet. To study and to export.',
  tags: ['image', 'classification', 'convolution', 'classic', 'large'],
  layers: 20,
  parameters: 132_863_336,
  create() {
    const layers: Step[] = [['Input', { shape: [224, 224, 3] }]];
    for (const stage of STAGES) {
      for (const filters of stage)
        layers.push([
          'Conv2D',
          { filters, kernelSize: [3, 3], padding: 'same', activation: 'relu', kernelInitializer: { name: 'heNormal' } },
        ]);
      layers.push(['MaxPool2D']);
    }
    const hidden = { units: 4096, activation: 'relu', kernelInitializer: { name: 'heNormal' } };
    layers.push(
      ['Flatten'],
      ['Dense', hidden],
      ['Dropout', { rate: 0.5 }],
      ['Dense', hidden],
      ['Dropout', { rate: 0.5 }],
    );
    layers.push(['Dense', { units: 1000 }], ['Softmax'], ['Output']);
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, layers);
    return sketch.document(
      'VGG11',
      {},
      {
        optimizer: { ...defaultSettings(OPTIMIZERS.sgd), weightDecay: 0.0005 },
        learningRate: 0.01,
        batchSize: 16,
        epochs: 74,
      },
    );
  },
});
