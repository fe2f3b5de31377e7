import { bottleneckIdentity, bottleneckProjection, type Step } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';
import { CLASSES, imageNetDocument, PICTURE, stem, TAGS, WANTS } from './imageNet.ts';

/** Keras's batch norms; its convolutions have biases. */
const NORM = { momentum: 0.99, epsilon: 1.001e-5 };
/** Filters and blocks of each stage, from He et al. 2016 (arXiv:1512.03385), table 1. */
const STAGES = [
  [64, 3],
  [128, 4],
  [256, 6],
  [512, 3],
] as const;

/** 25,636,712 parameters, as `keras.applications.ResNet50`; layer for layer the same. */
export const resnet50 = defineTemplate({
  id: 'resnet50',
  title: 'ResNet-50',
  description: `Four stages of bottlenecks, 25,636,712 parameters as in Keras. ${WANTS}`,
  tags: [...TAGS, 'residual', 'bottleneck', 'blocks'],
  layers: 177,
  parameters: 25_636_712,
  create() {
    const identity = bottleneckIdentity.create();
    const projection = bottleneckProjection.create();
    const stages = STAGES.flatMap(([filters, blocks], i): Step[] => {
      const values = { filters, useBias: true, ...NORM };
      const stride = i === 0 ? 1 : 2;
      return [
        { block: projection, values: { ...values, stride }, name: `stage${i + 1}_first` },
        { block: identity, values, repeat: blocks - 1, name: `stage${i + 1}` },
      ];
    });
    return imageNetDocument('ResNet-50', [
      PICTURE,
      ...stem(true, NORM),
      ...stages,
      ['GlobalAveragePool2D'],
      ...CLASSES,
    ]);
  },
});
