import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

/**
 * LeNet-5 as it is taught today (LeCun et al. 1998): 61,706 parameters. The original's partial connection table of the second
 * convolution, its trainable pooling and its RBF output are left out, as is usual.
 */
export const lenet5 = defineTemplate({
  id: 'lenet5',
  title: 'LeNet-5',
  description: 'The network that read cheques in 1998: 61,706 parameters. Here it reads the digits, enlarged to 32×32.',
  tags: ['image', 'classification', 'convolution', 'classic'],
  layers: 9,
  parameters: 61_706,
  create() {
    const conv = (filters: number) => ({ filters, kernelSize: [5, 5], padding: 'valid', activation: 'tanh' });
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [32, 32, 1] }],
      ['Conv2D', conv(6)],
      ['AveragePool2D'],
      ['Conv2D', conv(16)],
      ['AveragePool2D'],
      ['Flatten'],
      ['Dense', { units: 120, activation: 'tanh' }],
      ['Dense', { units: 84, activation: 'tanh' }],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'LeNet-5',
      { source: { kind: 'builtin', id: 'digits' }, resize: [32, 32] },
      { learningRate: 0.002, batchSize: 32, epochs: 10 },
    );
  },
});
