import type { DataSettings, LoomDocument, TrainingSettings } from '../../document/index.ts';
import { residualV1Identity, residualV1PlainProjection, Sketch, type Step } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

/** Three stages of three residual blocks, He et al. 2016 (arXiv:1512.03385), section 4.2, with the biases and bare projections of Keras. */
function resnet20Document(
  name: string,
  { shape, momentum }: { readonly shape: readonly number[]; readonly momentum: number },
  data: Partial<DataSettings>,
  training: Partial<TrainingSettings>,
): LoomDocument {
  const identity = residualV1Identity.create();
  const projection = residualV1PlainProjection.create();
  const stages = [32, 64].flatMap((filters, i): Step[] => {
    const values = { filters, useBias: true, momentum };
    return [
      { block: projection, values, name: `stage${i + 2}_first` },
      { block: identity, values, repeat: 2, name: `stage${i + 2}` },
    ];
  });
  const sketch = new Sketch();
  sketch.chain(null, { column: 0 }, [
    ['Input', { shape: [...shape] }],
    ['Conv2D', { filters: 16, kernelSize: [3, 3], padding: 'same', kernelInitializer: { name: 'heNormal' } }],
    ['BatchNorm', { momentum }],
    ['ReLU'],
    { block: identity, values: { filters: 16, useBias: true, momentum }, repeat: 3, name: 'stage1' },
    ...stages,
    ['GlobalAveragePool2D'],
    ['Dense', { units: 10, kernelInitializer: { name: 'heNormal' } }],
    ['Softmax'],
    ['Output'],
  ]);
  return sketch.document(name, data, training);
}

/** 274,442 parameters, 273,066 of them trainable, as Keras's example for CIFAR-10. */
export const resnet20 = defineTemplate({
  id: 'resnet20',
  title: 'ResNet-20 for CIFAR-10',
  description:
    'Twenty layers with weights in nine residual blocks, 274,442 parameters. Wants CIFAR-10 as a folder of pictures of 32×32.',
  tags: ['image', 'classification', 'residual', 'blocks', 'classic'],
  layers: 71,
  parameters: 274_442,
  create: () =>
    resnet20Document(
      'ResNet-20',
      { shape: [32, 32, 3], momentum: 0.99 },
      {},
      { learningRate: 0.001, batchSize: 32, epochs: 200 },
    ),
});

/** The same with one channel in place of three: 288 weights fewer. */
export const digitsResnet20 = defineTemplate({
  id: 'digits-resnet20',
  title: 'ResNet-20 for digits',
  description: 'The same twenty layers for the handwritten digits that come along, 274,154 parameters.',
  tags: ['image', 'classification', 'residual', 'blocks'],
  layers: 71,
  parameters: 274_154,
  create: () =>
    resnet20Document(
      'Digits ResNet-20',
      { shape: [8, 8, 1], momentum: 0.9 },
      { source: { kind: 'builtin', id: 'digits' } },
      { learningRate: 0.003, batchSize: 32, epochs: 8 },
    ),
});
