import { residualV1Identity, residualV1Projection, type Step } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';
import { CLASSES, imageNetDocument, PICTURE, stem, TAGS, WANTS } from './imageNet.ts';

const NORM = { momentum: 0.9, epsilon: 1e-5 };

/**
 * He et al. 2016 (arXiv:1512.03385): 11,689,512 trainable parameters, as torchvision's `resnet18`. Convolutions of stride 2 in the stages pad
 * as `same` does, one pixel after and none before, where torchvision pads one on either side.
 */
export const resnet18 = defineTemplate({
  id: 'resnet18',
  title: 'ResNet-18',
  description: `Four stages of residual blocks, 11,689,512 trainable parameters. ${WANTS}`,
  tags: [...TAGS, 'residual', 'blocks'],
  layers: 71,
  parameters: 11_699_112,
  create() {
    const identity = residualV1Identity.create();
    const projection = residualV1Projection.create();
    const stages = [128, 256, 512].flatMap((filters, i): Step[] => [
      { block: projection, values: { filters, ...NORM }, name: `stage${i + 2}_first` },
      { block: identity, values: { filters, ...NORM }, name: `stage${i + 2}` },
    ]);
    return imageNetDocument('ResNet-18', [
      PICTURE,
      ...stem(false, NORM),
      { block: identity, values: { filters: 64, ...NORM }, repeat: 2, name: 'stage1' },
      ...stages,
      ['GlobalAveragePool2D'],
      ...CLASSES,
    ]);
  },
});
