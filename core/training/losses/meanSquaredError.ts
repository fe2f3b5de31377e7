import { defineLoss } from './defineLoss.ts';

export const meanSquaredError = defineLoss({
  name: 'meanSquaredError',
  title: 'mean squared error',
  help: 'Average squared distance. For regression.',
  doc: '(output − target)². Large errors count more than in proportion, so single outliers can pull a network far.',
  source: { label: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  for: 'numbers',
  activation: null,
  params: {},
  elements: (tf, _, { output, target }) => tf.square(tf.sub(output, target)),
  keras: () => ({ className: 'MeanSquaredError', args: {}, defaults: {} }),
});
