import { plainActivation } from './activationLayer.ts';

/** Hyperbolic tangent. */
export const tanh = plainActivation({
  type: 'Tanh',
  name: 'tanh',
  title: 'Tanh',
  keywords: ['activation', 'hyperbolic'],
  doc: 'Squeezes every number into −1 to 1, centred on zero.',
  source: { label: 'Keras: tanh', url: 'https://keras.io/api/layers/activations/#tanh-function' },
});
