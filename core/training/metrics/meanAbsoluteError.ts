import { defineMetric } from './defineMetric.ts';

export const meanAbsoluteError = defineMetric({
  name: 'meanAbsoluteError',
  title: 'Mean absolute error',
  help: 'Average distance, in the target’s own units.',
  doc: 'The mean of |output − target|, in the target’s own units whatever it is trained on.',
  source: { label: 'Keras: regression metrics', url: 'https://keras.io/api/metrics/regression_metrics/' },
  for: ['numbers'],
  better: 'less',
  share: false,
  params: {},
  key: () => 'mae',
  keyTitle: (key) => (key === 'mae' ? 'Mean absolute error' : null),
  samples(tf, _, { output, target, deviation }) {
    const distance = tf.reshape(tf.abs(tf.sub(output, target)), [output.shape[0] ?? 0, -1]);
    return tf.mean(deviation === null ? distance : tf.mul(distance, deviation), 1);
  },
  keras: () => ({ className: 'MeanAbsoluteError', args: {}, defaults: {} }),
});
