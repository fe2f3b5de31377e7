import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** clip(x / 6 + ½, 0, 1), as in Keras 3; TensorFlow.js means 0.2x + ½ by this name, so it takes a class of our own. */
export const hardSigmoid = defineLayer({
  type: 'HardSigmoid',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Hard sigmoid',
  keywords: ['activation', 'approximate sigmoid', 'piecewise'],
  doc: 'Three straight lines in place of the sigmoid: 0 below −3, 1 above 3, x / 6 + ½ between. Cheap, but with no gradient at all outside.',
  source: { label: 'Keras: hard_sigmoid', url: 'https://keras.io/api/layers/activations/#hardsigmoid-function' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: () => '',
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.custom('LoomActivation', { name: c.name, activation: 'hardSigmoid' }),
  keras: () => ({ className: 'Activation', always: ['activation'], args: { activation: 'hard_sigmoid' } }),
});
