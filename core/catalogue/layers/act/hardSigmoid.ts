import { plainActivation } from './activationLayer.ts';

/** clip(x / 6 + ½, 0, 1), as in Keras 3; TensorFlow.js means 0.2x + ½ by this name, so it takes a class of our own. */
export const hardSigmoid = plainActivation({
  type: 'HardSigmoid',
  name: 'hardSigmoid',
  title: 'Hard sigmoid',
  keywords: ['activation', 'approximate sigmoid', 'piecewise'],
  doc: 'Three straight lines in place of the sigmoid: 0 below −3, 1 above 3, x / 6 + ½ between. Cheap, but with no gradient at all outside.',
  source: { label: 'Keras: hard_sigmoid', url: 'https://keras.io/api/layers/activations/#hardsigmoid-function' },
});
