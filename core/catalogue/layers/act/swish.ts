import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** x · sigmoid(x), SiLU. */
export const swish = defineLayer({
  type: 'Swish',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Swish',
  keywords: ['activation', 'silu'],
  doc: 'x · sigmoid(x): smooth, and slightly negative just below zero. Often a little better than ReLU in deep networks.',
  source: { label: 'Ramachandran et al. 2017', url: 'https://arxiv.org/abs/1710.05941' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'swish' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'silu' } }),
});
