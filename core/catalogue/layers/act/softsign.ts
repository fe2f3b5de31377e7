import { plainActivation } from './activationLayer.ts';

/** x / (1 + |x|). */
export const softsign = plainActivation({
  type: 'Softsign',
  name: 'softsign',
  title: 'Softsign',
  keywords: ['activation', 'squash'],
  doc: 'x / (1 + |x|): shaped like tanh, but reaching its limits far more slowly, so that it saturates later.',
  source: { label: 'Keras: softsign', url: 'https://keras.io/api/layers/activations/#softsign-function' },
});
