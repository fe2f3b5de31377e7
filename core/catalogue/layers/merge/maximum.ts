import { manyIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferElementwiseMerge } from './elementwise.ts';

/** The largest of its inputs, element by element. */
export const maximum = defineLayer({
  type: 'Maximum',
  version: 1,
  family: 'merge',
  glyph: 'maximum',
  title: 'Maximum',
  keywords: ['max', 'maxout'],
  look: 'pill',
  doc: 'Takes the largest of its inputs at every position: the strongest branch wins.',
  source: { label: 'Keras: Maximum', url: 'https://keras.io/api/layers/merging_layers/maximum/' },
  params: {},
  inputs: manyIn,
  outputs: oneOut,
  traits: { values: 'input', window: 'position' },
  summary: () => '',
  infer: (_, inputs) => inferElementwiseMerge('Maximum', inputs),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.maximum({ name: c.name }),
  keras: () => ({ className: 'Maximum', args: {} }),
});
