import { plainActivation } from './activationLayer.ts';

/** ln(1 + eˣ). */
export const softplus = plainActivation({
  type: 'Softplus',
  name: 'softplus',
  title: 'Softplus',
  keywords: ['activation', 'smooth relu'],
  doc: 'ln(1 + eˣ): a smooth ReLU that is always positive. For outputs that must be above zero, such as a scale.',
  source: { label: 'Keras: softplus', url: 'https://keras.io/api/layers/activations/#softplus-function' },
});
