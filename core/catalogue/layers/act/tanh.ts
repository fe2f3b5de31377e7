import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** Hyperbolic tangent. */
export const tanh = defineLayer({
  type: 'Tanh',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Tanh',
  keywords: ['activation', 'hyperbolic'],
  doc: 'Squeezes every number into −1 to 1, centred on zero.',
  source: { label: 'Keras: tanh', url: 'https://keras.io/api/layers/activations/#tanh-function' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'tanh' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'tanh' } }),
});
