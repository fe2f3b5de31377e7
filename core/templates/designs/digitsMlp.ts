import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

export const digitsMlp = defineTemplate({
  id: 'digits-mlp',
  title: 'Digits MLP',
  description: 'Handwritten digits with two dense layers: every pixel is a number of its own.',
  tags: ['image', 'classification', 'beginner'],
  layers: 5,
  parameters: 6_570,
  create() {
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Dense', { units: 64, activation: 'relu', kernelInitializer: { name: 'heUniform' } }],
      ['Dense', { units: 32, activation: 'relu', kernelInitializer: { name: 'heUniform' } }],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'Digits MLP',
      { source: { kind: 'builtin', id: 'digits' } },
      { learningRate: 0.003, batchSize: 32, epochs: 20 },
    );
  },
});
