import { sizeOf } from '../../../tensor/index.ts';
import { manyIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferElementwiseMerge } from './elementwise.ts';

/** y = Π inputs, element by element: gates and squeeze-and-excitation. */
export const multiply = defineLayer({
  type: 'Multiply',
  version: 1,
  family: 'merge',
  glyph: 'multiply',
  title: 'Multiply',
  keywords: ['product', 'gate', 'squeeze'],
  look: 'pill',
  doc: 'Multiplies its inputs element by element: one branch decides how much of the other passes. A size of 1 is stretched, so that one weight a channel can scale whole maps.',
  source: { label: 'Keras: Multiply', url: 'https://keras.io/api/layers/merging_layers/multiply/' },
  params: {},
  inputs: manyIn,
  outputs: oneOut,
  traits: { values: 'unclear', window: 'position' },
  summary: () => '',
  infer: (_, inputs) => inferElementwiseMerge('Multiply', inputs, true),
  weights: () => [],
  cost: (_, inputs, output) => ({ macs: (inputs.length - 1) * sizeOf(output) }),
  tf: (_, c) => c.layers.multiply({ name: c.name }),
  keras: () => ({ className: 'Multiply', args: {} }),
});
