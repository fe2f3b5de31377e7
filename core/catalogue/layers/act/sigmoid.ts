import { ELEMENTWISE } from '../../traits.ts';
import { plainActivation } from './activationLayer.ts';

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = plainActivation({
  type: 'Sigmoid',
  name: 'sigmoid',
  title: 'Sigmoid',
  keywords: ['activation', 'logistic', 'probability'],
  doc: 'Squeezes every number into 0 to 1: a probability for each output by itself. For yes/no outputs and gates.',
  source: { label: 'Keras: sigmoid', url: 'https://keras.io/api/layers/activations/#sigmoid-function' },
  traits: { ...ELEMENTWISE, activation: 'sigmoid', endsIn: () => 'sigmoid' },
});
