import { float } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { activationLayer } from './activationLayer.ts';

/** x above zero, negativeSlope · x below. */
export const leakyRelu = activationLayer({
  type: 'LeakyReLU',
  title: 'Leaky ReLU',
  keywords: ['activation', 'lrelu'],
  doc: 'ReLU that lets a little of the negative side through, so that no unit stops learning.',
  source: { label: 'Keras: LeakyReLU', url: 'https://keras.io/api/layers/activation_layers/leaky_relu/' },
  params: {
    negativeSlope: float({ label: 'Negative slope', help: 'Factor on negative inputs.', default: 0.3, min: 0 }),
  },
  traits: { ...ELEMENTWISE, values: 'unclear' },
  summary: (p) => String(p.negativeSlope),
  tf: (p, c) => c.layers.leakyReLU({ name: c.name, alpha: p.negativeSlope }),
  keras: (p) => ({ className: 'LeakyReLU', args: { negative_slope: p.negativeSlope } }),
});
