import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

export const digitsCnn = defineTemplate({
  id: 'digits-cnn',
  title: 'Digits CNN',
  description: 'Handwritten digits with two convolutions: small features first, larger ones after pooling.',
  tags: ['image', 'classification', 'convolution'],
  layers: 8,
  parameters: 6_090,
  create() {
    const conv = (filters: number) => ({
      filters,
      kernelSize: [3, 3],
      padding: 'same',
      activation: 'relu',
      kernelInitializer: { name: 'heUniform' },
    });
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [8, 8, 1] }],
      ['Conv2D', conv(16)],
      ['MaxPool2D'],
      ['Conv2D', conv(32)],
      ['MaxPool2D'],
      ['Flatten'],
      ['Dropout', { rate: 0.25 }],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'Digits CNN',
      { source: { kind: 'builtin', id: 'digits' } },
      { learningRate: 0.003, batchSize: 32, epochs: 20 },
    );
  },
});
