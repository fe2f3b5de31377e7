import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = defineLayer({
  type: 'Sigmoid',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Sigmoid',
  keywords: ['activation', 'logistic', 'probability'],
  doc: 'Squeezes every number into 0 to 1: a probability for each output by itself. For yes/no outputs and gates.',
  source: { label: 'Keras: sigmoid', url: 'https://keras.io/api/layers/activations/#sigmoid-function' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: { ...ELEMENTWISE, activation: 'sigmoid' },
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.activation({ name: c.name, activation: 'sigmoid' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'sigmoid' } }),
});
