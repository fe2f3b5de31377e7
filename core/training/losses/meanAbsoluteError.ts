import { defineLoss } from './defineLoss.ts';

export const meanAbsoluteError = defineLoss({
  name: 'meanAbsoluteError',
  title: 'mean absolute error',
  help: 'Average distance. Regression with outliers.',
  doc: '|output − target|. Leads to the median of what the target may be, which outliers hardly move.',
  source: { label: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  for: 'numbers',
  activation: null,
  params: {},
  elements: (tf, _, { output, target }) => tf.abs(tf.sub(output, target)),
  keras: () => ({ className: 'MeanAbsoluteError', args: {}, defaults: {} }),
});
