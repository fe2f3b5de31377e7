import { defineMetric } from './defineMetric.ts';

export const meanSquaredError = defineMetric({
  name: 'meanSquaredError',
  title: 'Mean squared error',
  help: 'Average squared distance, in the target’s own units.',
  doc: 'The mean of (output − target)², in the square of the target’s own units whatever it is trained on.',
  source: { label: 'Keras: regression metrics', url: 'https://keras.io/api/metrics/regression_metrics/' },
  for: ['numbers'],
  better: 'less',
  share: false,
  params: {},
  key: () => 'mse',
  keyTitle: (key) => (key === 'mse' ? 'Mean squared error' : null),
  samples(tf, _, { output, target, deviation }) {
    const difference = tf.reshape(tf.sub(output, target), [output.shape[0] ?? 0, -1]);
    return tf.mean(tf.square(deviation === null ? difference : tf.mul(difference, deviation)), 1);
  },
  keras: () => ({ className: 'MeanSquaredError', args: {}, defaults: {} }),
});
