import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

export const digitsTransformer = defineTemplate({
  id: 'digits-transformer',
  title: 'Transformer encoder',
  description:
    'Handwritten digits read as eight rows of pixels: one encoder block, in which every row attends to all others.',
  tags: ['sequence', 'classification', 'attention', 'transformer'],
  layers: 13,
  parameters: 11_402,
  create() {
    // What the block computes hangs below, so that the ways around it run straight along the trunk.
    const sketch = new Sketch();
    const rows = sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [8, 8, 1] }],
      ['Reshape', { targetShape: [8, 8] }],
      ['Dense', { units: 32 }],
    ]);
    const attention = sketch.layer('MultiHeadAttention', { column: 3, row: 1 }, [rows], { numHeads: 4, keyDim: 8 });
    const attended = sketch.layer('Add', { column: 4 }, [attention, rows]);
    const normal = sketch.chain(attended, { column: 5 }, [['LayerNorm']]);
    const within = sketch.chain(normal, { column: 6, row: 1 }, [
      ['Dense', { units: 64, activation: 'gelu' }],
      ['Dense', { units: 32 }],
    ]);
    const joined = sketch.layer('Add', { column: 8 }, [within, normal]);
    // Attention does not know the order of the rows; flattened, each row has weights of its own in the last layer.
    sketch.chain(joined, { column: 9 }, [
      ['LayerNorm'],
      ['Flatten'],
      ['Dropout', { rate: 0.2 }],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'Transformer encoder',
      { source: { kind: 'builtin', id: 'digits' } },
      { learningRate: 0.002, batchSize: 32, epochs: 30 },
    );
  },
});
