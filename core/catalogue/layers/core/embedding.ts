import { formatShape } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { constraint, initializer, int, regularizer } from '../../params.ts';

/**
 * Row i of a table [inputDim, outputDim] for each whole number i. Left out: mask_zero (masks would have to pass through every
 * layer, and only recurrent ones would use them), weights (they come from files), lora_rank.
 */
export const embedding = defineLayer({
  type: 'Embedding',
  version: 1,
  family: 'dense',
  glyph: 'embed',
  title: 'Embedding',
  keywords: ['lookup', 'word', 'token', 'category', 'table'],
  doc: 'Looks each whole number up in a learned table: a vector for each word or category. Wants indices from 0 to the table’s length less one.',
  source: { label: 'Keras: Embedding', url: 'https://keras.io/api/layers/core_layers/embedding/' },
  params: {
    inputDim: int({
      label: 'Vocabulary',
      help: 'Rows of the table: the largest index plus 1.',
      default: 1000,
      min: 1,
      max: 10_000_000,
    }),
    outputDim: int({ label: 'Dimensions', help: 'Length of each vector.', default: 32, min: 1, max: 100_000 }),
    embeddingsInitializer: initializer({
      label: 'Initialiser',
      help: 'Where the table starts.',
      default: { name: 'randomUniform', min: -0.05, max: 0.05 },
    }),
    embeddingsRegularizer: regularizer({
      label: 'Weight penalty',
      help: 'Penalty on the table, added to the loss.',
      default: null,
      section: 'advanced',
    }),
    embeddingsConstraint: constraint({
      label: 'Weight constraint',
      help: 'Projection of the table after each update.',
      default: null,
      section: 'advanced',
    }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { rows: 'inputDim' },
  summary: (p) => `${p.inputDim} → ${p.outputDim}`,
  infer: (p, [input = []]) => ({
    ok: true,
    shape: [...input, p.outputDim],
    arithmetic: [`${formatShape(input)} indices, each a vector of ${p.outputDim}`],
  }),
  weights: (p) => [{ name: 'embeddings', shape: [p.inputDim, p.outputDim], trainable: true, decays: true }],
  cost: () => ({ macs: 0 }),
  tf: (p, c) =>
    c.layers.embedding({
      name: c.name,
      inputDim: p.inputDim,
      outputDim: p.outputDim,
      maskZero: false,
      embeddingsInitializer: c.initializer(p.embeddingsInitializer, 'embeddings'),
      embeddingsRegularizer: c.regularizer(p.embeddingsRegularizer),
      embeddingsConstraint: c.constraint(p.embeddingsConstraint),
    }),
  keras: (p) => ({
    className: 'Embedding',
    always: ['input_dim', 'output_dim'],
    args: {
      input_dim: p.inputDim,
      output_dim: p.outputDim,
      embeddings_initializer: { $initializer: p.embeddingsInitializer },
      embeddings_regularizer: { $regularizer: p.embeddingsRegularizer },
      embeddings_constraint: { $constraint: p.embeddingsConstraint, rank: 2 },
    },
  }),
});
