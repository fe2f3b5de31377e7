import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { float } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { inferSame } from './same.ts';

/** x above zero, negativeSlope · x below. */
export const leakyRelu = defineLayer({
  type: 'LeakyReLU',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'Leaky ReLU',
  keywords: ['activation', 'lrelu'],
  doc: 'ReLU that lets a little of the negative side through, so that no unit stops learning.',
  source: { label: 'Keras: LeakyReLU', url: 'https://keras.io/api/layers/activation_layers/leaky_relu/' },
  params: {
    negativeSlope: float({ label: 'Negative slope', help: 'Factor on negative inputs.', default: 0.3, min: 0 }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { ...ELEMENTWISE, values: 'unclear' },
  summary: (p) => String(p.negativeSlope),
  infer: (_, [input = []]) => inferSame(input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => c.layers.leakyReLU({ name: c.name, alpha: p.negativeSlope }),
  keras: (p) => ({ className: 'LeakyReLU', args: { negative_slope: p.negativeSlope } }),
});
