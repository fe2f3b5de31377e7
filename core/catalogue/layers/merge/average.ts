import { manyIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferElementwiseMerge } from './elementwise.ts';

/** The mean of its inputs, element by element. */
export const average = defineLayer({
  type: 'Average',
  version: 1,
  family: 'merge',
  glyph: 'average',
  title: 'Average',
  keywords: ['mean', 'ensemble'],
  look: 'pill',
  doc: 'Averages its inputs element by element: several branches vote.',
  source: { label: 'Keras: Average', url: 'https://keras.io/api/layers/merging_layers/average/' },
  params: {},
  inputs: manyIn,
  outputs: oneOut,
  traits: { activation: 'common', window: 'position' },
  summary: () => '',
  infer: (_, inputs) => inferElementwiseMerge('Average', inputs),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.average({ name: c.name }),
  keras: () => ({ className: 'Average', args: {} }),
});
