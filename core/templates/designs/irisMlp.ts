import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

export const irisMlp = defineTemplate({
  id: 'iris-mlp',
  title: 'Iris',
  description: 'Tells three species of iris apart by four measures. The classic first table.',
  tags: ['table', 'classification', 'beginner'],
  layers: 3,
  parameters: 67,
  create() {
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [4] }],
      ['Dense', { units: 8, activation: 'relu', kernelInitializer: { name: 'heUniform' } }],
      ['Dense', { units: 3 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'Iris MLP',
      { source: { kind: 'builtin', id: 'iris' } },
      { learningRate: 0.01, batchSize: 16, epochs: 40 },
    );
  },
});
