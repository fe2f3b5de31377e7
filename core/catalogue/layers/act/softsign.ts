import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** x / (1 + |x|). */
export const softsign = defineLayer({
  type: 'Softsign',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Softsign',
  keywords: ['activation', 'squash'],
  doc: 'x / (1 + |x|): shaped like tanh, but reaching its limits far more slowly, so that it saturates later.',
  source: { label: 'Keras: softsign', url: 'https://keras.io/api/layers/activations/#softsign-function' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'softsign' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'softsign' } }),
});
