import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** ln(1 + eˣ). */
export const softplus = defineLayer({
  type: 'Softplus',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Softplus',
  keywords: ['activation', 'smooth relu'],
  doc: 'ln(1 + eˣ): a smooth ReLU that is always positive. For outputs that must be above zero, such as a scale.',
  source: { label: 'Keras: softplus', url: 'https://keras.io/api/layers/activations/#softplus-function' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'softplus' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'softplus' } }),
});
