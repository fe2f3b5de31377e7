import { Sketch } from '../../library/index.ts';
import { defaultSettings } from '../../params/index.ts';
import { OPTIMIZERS } from '../../training/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

export const xorMlp = defineTemplate({
  id: 'xor-mlp',
  title: 'XOR',
  description: 'Four hidden units learn what no single layer can: exclusive or. Trains in a second.',
  tags: ['table', 'binary', 'beginner'],
  layers: 3,
  parameters: 17,
  create() {
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [2] }],
      ['Dense', { units: 4, activation: 'tanh' }],
      ['Dense', { units: 1 }],
      ['Sigmoid'],
      ['Output', { loss: 'binaryCrossentropy' }],
    ]);
    return sketch.document(
      'XOR MLP',
      {
        source: { kind: 'builtin', id: 'xor' },
        // All four rows are for training: there is nothing else to learn from, and nothing to generalise to.
        split: { validation: 0, test: 0, stratify: false, seed: 42 },
      },
      { optimizer: defaultSettings(OPTIMIZERS.adam), learningRate: 0.1, batchSize: 4, epochs: 100 },
    );
  },
});
