import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** 1.0507 · (x above zero, 1.6733 · (eˣ − 1) below). */
export const selu = defineLayer({
  type: 'SELU',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'SELU',
  keywords: ['activation', 'self-normalising'],
  doc: 'ELU with constants that keep mean and variance steady from layer to layer. Wants LeCun normal weights and no batch norm.',
  source: { label: 'Klambauer et al. 2017', url: 'https://arxiv.org/abs/1706.02515' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'selu' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'selu' } }),
});
