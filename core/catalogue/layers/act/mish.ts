import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** x · tanh(ln(1 + eˣ)). */
export const mish = defineLayer({
  type: 'Mish',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Mish',
  keywords: ['activation'],
  doc: 'x · tanh(softplus(x)): smooth, unbounded above and bounded below.',
  source: { label: 'Misra 2019', url: 'https://arxiv.org/abs/1908.08681' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'mish' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'mish' } }),
});
