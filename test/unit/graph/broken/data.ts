import type { DatasetSummary, FieldValues, LoomDocument } from '../../../../core/document/index.ts';
import { chain, DIGITS, PRICES, type Step } from '../smallDesigns.ts';
import type { Broken } from './broken.ts';

const SOFTMAX_HEAD: readonly Step[] = [['Softmax'], ['Output']];

const EMBEDDED = chain(
  ['Input', { shape: [1] }],
  ['Embedding', { inputDim: 10, outputDim: 4 }],
  ['Flatten'],
  ['Dense', { units: 1 }],
  ['Output', { loss: 'meanSquaredError' }],
);

const withTraining = (document: LoomDocument, training: Partial<LoomDocument['training']>): LoomDocument => ({
  ...document,
  training: { ...document.training, ...training },
});

/** A table of one numeric target and these features. */
function columnsOf(...values: readonly FieldValues[]): DatasetSummary {
  return {
    name: 'Sales',
    kind: 'table',
    samples: 100,
    fields: [
      { name: 'features', role: 'input', shape: [Math.max(1, values.length)], values },
      { name: 'sold', role: 'target', shape: [1] },
    ],
  };
}

/** Designs that do not fit the data they are to learn from. */
export const DATA: readonly Broken[] = [
  {
    title: 'a field the data has not',
    code: 'data-field',
    document: chain(['Input', { shape: [4], field: 'pixels' }], ['Dense', { units: 1 }], ['Output', { loss: 'huber' }]),
    dataset: PRICES,
    says: '“input_1” refers to the input field “pixels”, but the data has “features”.',
    fix: 'Use “features”',
  },
  {
    title: 'an Input of another shape than the data',
    code: 'input-shape',
    document: chain(['Input', { shape: [9, 9, 1] }], ['Flatten'], ['Dense', { units: 10 }], ...SOFTMAX_HEAD),
    dataset: DIGITS,
    says: 'One sample of the data is 8×8×1, but “input_1” expects 9×9×1.',
    fix: 'Set the input shape to 8×8×1',
  },
  {
    title: 'an Embedding of what a Dense layer works out',
    code: 'embedding-of-computed',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 4, activation: 'relu' }],
      ['Embedding', { inputDim: 10, outputDim: 4 }],
      ['Flatten'],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'wants whole numbers from 0 to 9, but what arrives is worked out by “dense_1” and can be any number.',
    fix: 'Use a Dense layer instead',
  },
  {
    title: 'an Embedding of pixels',
    code: 'embedding-of-pixels',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Embedding', { inputDim: 17, outputDim: 4 }],
      ['Flatten'],
      ['Dense', { units: 10 }],
      ...SOFTMAX_HEAD,
    ),
    dataset: DIGITS,
    says: 'the pixels of a picture reach it as fractions from 0 to 1',
    fix: 'Use a Dense layer instead',
  },
  {
    title: 'a table too short for the column',
    code: 'embedding-too-small',
    document: EMBEDDED,
    dataset: columnsOf({ column: 'item', min: 0, max: 11, whole: true }),
    says: '“embedding_1” looks rows of its table up by number, so it wants whole numbers from 0 to 9, but column “item” goes up to 11. Set the vocabulary to 12.',
    fix: 'Set the vocabulary to 12',
  },
  {
    title: 'numbers that are no rows of a table',
    code: 'embedding-not-numbered',
    document: EMBEDDED,
    dataset: columnsOf({ column: 'price', min: -2.5, max: 7, whole: false }),
    says: 'column “price” holds fractions (−2.5 to 7)',
    fix: 'Use a Dense layer instead',
  },
  {
    title: 'more in a batch than there is to train with',
    code: 'batch-larger-than-data',
    document: chain(['Input', { shape: [1] }], ['Dense', { units: 1 }], ['Output', { loss: 'meanSquaredError' }]),
    dataset: { ...columnsOf(), trainingSamples: 20 },
    says: 'A batch holds 32 samples, but the training part of “Sales” has only 20',
    fix: 'Set the batch size to 4',
  },
  {
    title: 'a warm-up that training ends in',
    code: 'idle-schedule',
    document: withTraining(
      chain(['Input', { shape: [1] }], ['Dense', { units: 1 }], ['Output', { loss: 'meanSquaredError' }]),
      { epochs: 5, schedule: { name: 'cosine', warmup: 5, start: 0, end: 0 } },
    ),
    dataset: columnsOf(),
    says: 'the warm-up ends after 5 epochs, but training ends after 5 epochs',
    fix: 'Use a constant rate',
  },
  {
    title: 'no data',
    code: 'no-data',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output']),
    dataset: null,
    says: 'No data is chosen.',
    fix: null,
  },
];
