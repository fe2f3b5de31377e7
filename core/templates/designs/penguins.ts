import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

export const penguins = defineTemplate({
  id: 'penguins',
  title: 'Penguins',
  description: 'Three species of penguin from a table with numbers, categories and missing cells.',
  tags: ['table', 'classification', 'dropout'],
  layers: 4,
  parameters: 211,
  create() {
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      // Four measures, island (3 values) and sex (2 values) as one column for each value.
      ['Input', { shape: [9] }],
      ['Dense', { units: 16, activation: 'relu', kernelInitializer: { name: 'heUniform' } }],
      ['Dropout', { rate: 0.2 }],
      ['Dense', { units: 3 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'Penguins',
      { source: { kind: 'builtin', id: 'penguins' } },
      { learningRate: 0.01, batchSize: 32, epochs: 30 },
    );
  },
});
