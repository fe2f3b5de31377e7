import type { LoomDocument } from '../../document/index.ts';
import { Sketch, type Step } from '../../library/index.ts';
import { defaultSettings } from '../../params/index.ts';
import { OPTIMIZERS } from '../../training/index.ts';

/** What the designs for ImageNet share: pictures of 224×224 in colour, one class of 1,000, a folder to choose. */
export const PICTURE: Step = ['Input', { shape: [224, 224, 3] }];
export const CLASSES: readonly Step[] = [['Dense', { units: 1000 }], ['Softmax'], ['Output']];
/** What every description of one says of its data. */
export const WANTS = 'Wants a folder of pictures of 224×224.';
export const TAGS: readonly string[] = ['image', 'classification', 'convolution', 'classic', 'large'];

/** What batch norms are given. */
export interface Norm {
  readonly momentum: number;
  readonly epsilon: number;
}

/** A 7×7 convolution and a pool, both of stride 2, padded by zeros on all sides: a quarter of height and width, 64 channels. */
export function stem(useBias: boolean, norm: Norm): readonly Step[] {
  const kernelInitializer = { name: 'heNormal' };
  return [
    ['ZeroPadding2D', { padding: [3, 3, 3, 3] }],
    ['Conv2D', { filters: 64, kernelSize: [7, 7], strides: [2, 2], useBias, kernelInitializer }],
    ['BatchNorm', { ...norm }],
    ['ReLU'],
    ['ZeroPadding2D', { padding: [1, 1, 1, 1] }],
    ['MaxPool2D', { poolSize: [3, 3], strides: [2, 2] }],
  ];
}

/** The network of these steps in one row, set up for training with SGD and weight decay. */
export function imageNetDocument(
  name: string,
  steps: readonly Step[],
  { learningRate = 0.1, epochs = 90, weightDecay = 0.0001 } = {},
): LoomDocument {
  const sketch = new Sketch();
  sketch.chain(null, { column: 0 }, steps);
  const optimizer = { ...defaultSettings(OPTIMIZERS.sgd), weightDecay };
  return sketch.document(name, {}, { optimizer, learningRate, batchSize: 32, epochs });
}
