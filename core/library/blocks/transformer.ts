import { defineBlock } from '../defineBlock.ts';
import { activation, count, epsilon, fraction } from '../parameters.ts';
import type { BlockStep, LayerStep } from '../sketch.ts';
import { dropout } from '../steps.ts';

const TAGS = ['transformer', 'encoder', 'attention', 'bert', 'vit', 'sequence'];
const rate = fraction('Dropout', 0.1, 'Part of the numbers that are dropped in training.');
const width = count('Width', 128, 'Numbers at each position, of what arrives and of what comes out.');
const mlpRatio = count('Expansion', 4, 'How many times wider the layer in the middle of the MLP is.');

/** The Dense layers of a transformer. */
export const transformerMlp = defineBlock({
  id: 'transformer-mlp',
  title: 'Transformer MLP',
  doc: 'Two Dense layers that work on each position of a sequence by itself, the first several times wider: the half of a transformer that does not look at other positions.',
  source: { label: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
  hue: 48,
  glyph: 'dense',
  tags: ['feed-forward', 'ffn', ...TAGS],
  parameters: { width, expansion: mlpRatio, activation: activation('gelu', 'Of the wide layer.'), dropout: rate },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      ['Dense', { units: '=width * expansion', activation: '=activation' }, 'widen'],
      dropout('dropout1'),
      ['Dense', { units: '=width' }, 'narrow'],
      dropout('dropout2'),
    ]);
    sketch.output('out', { column: 5 }, end);
  },
});

const attention: LayerStep = [
  'MultiHeadAttention',
  { numHeads: '=heads', keyDim: '=width / heads', dropout: '=dropout' },
  'attention',
];
const norm = (name: string): LayerStep => ['LayerNorm', { epsilon: '=epsilon' }, name];
const mlp = (): BlockStep => ({
  block: transformerMlp.create(),
  values: { width: '=width', expansion: '=expansion', activation: '=activation', dropout: '=dropout' },
  name: 'mlp',
});
const parameters = (usual: 'relu' | 'gelu') => ({
  width,
  heads: count('Heads', 4, 'How often it attends side by side. The width must divide by it.'),
  expansion: mlpRatio,
  activation: activation(usual, 'Of the wide layer in the MLP.'),
  dropout: rate,
  epsilon: epsilon(1e-6),
});
const SHARED = { hue: 286, glyph: 'attention', tags: TAGS } as const;

/** The encoder block with layer norm behind each sum. */
export const encoderPostNorm = defineBlock({
  ...SHARED,
  id: 'transformer-encoder-post-norm',
  title: 'Transformer encoder, post-norm',
  doc: 'Every position of a sequence attends to all others, then an MLP works on each; both are residual, with layer norm behind each sum, as in the first transformer and in BERT. Deep stacks of it want a slow start of the learning rate.',
  source: { label: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
  parameters: parameters('relu'),
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const attended = sketch.chain(from, { column: 1, row: 1 }, [attention, dropout('dropout')]);
    const first = sketch.layer('Add', { column: 3 }, [from, attended], {}, 'add1');
    const between = sketch.chain(first, { column: 4 }, [norm('norm1')]);
    const worked = sketch.chain(between, { column: 5, row: 1 }, [mlp()]);
    const second = sketch.layer('Add', { column: 6 }, [between, worked], {}, 'add2');
    const end = sketch.chain(second, { column: 7 }, [norm('norm2')]);
    sketch.output('out', { column: 8 }, end);
  },
});

/** The encoder block with layer norm before attention and MLP. */
export const encoderPreNorm = defineBlock({
  ...SHARED,
  id: 'transformer-encoder-pre-norm',
  title: 'Transformer encoder, pre-norm',
  doc: 'The encoder block of most transformers today: layer norm stands before attention and before the MLP, so that nothing stands in the way around, and deep stacks train without a slow start. The last of them wants layer norm behind it.',
  source: { label: 'Xiong et al. 2020', url: 'https://arxiv.org/abs/2002.04745' },
  parameters: parameters('gelu'),
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const attended = sketch.chain(from, { column: 1, row: 1 }, [norm('norm1'), attention, dropout('dropout')]);
    const first = sketch.layer('Add', { column: 4 }, [from, attended], {}, 'add1');
    const worked = sketch.chain(first, { column: 5, row: 1 }, [norm('norm2'), mlp()]);
    const end = sketch.layer('Add', { column: 7 }, [first, worked], {}, 'add2');
    sketch.output('out', { column: 8 }, end);
  },
});
