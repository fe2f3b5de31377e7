import { int } from '../../params/index.ts';
import { defineMetric } from './defineMetric.ts';

/** As in Keras, classes of the same value as the true one do not push it out. */
export const topKAccuracy = defineMetric({
  name: 'topKAccuracy',
  title: 'Top-k accuracy',
  help: 'Share of samples whose class is among the k likeliest.',
  doc: 'The share of samples whose true class has fewer than k classes above it. For many classes, some of which are much alike.',
  source: { label: 'Keras: accuracy metrics', url: 'https://keras.io/api/metrics/accuracy_metrics/' },
  for: ['classes'],
  better: 'more',
  share: true,
  params: { k: int({ label: 'k', help: 'How many classes may be named.', default: 5, min: 1, max: 1000 }) },
  key: ({ k }) => `top${k}Accuracy`,
  keyTitle(key) {
    const k = /^top(\d+)Accuracy$/.exec(key)?.[1];
    return k === undefined ? null : `Top-${k} accuracy`;
  },
  samples(tf, { k }, { output, target }) {
    const own = tf.sum(tf.mul(output, target), -1, true);
    const above = tf.sum(tf.cast(tf.greater(output, own), 'float32'), -1);
    return tf.cast(tf.less(above, k), 'float32');
  },
  keras: ({ k }, { sparse }) => ({
    className: sparse ? 'SparseTopKCategoricalAccuracy' : 'TopKCategoricalAccuracy',
    args: { k },
    defaults: { k: 5 },
    integers: ['k'],
  }),
});
