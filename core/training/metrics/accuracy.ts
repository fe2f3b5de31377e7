import type { KerasObject } from '../kerasObject.ts';
import { defineMetric } from './defineMetric.ts';

export const accuracy = defineMetric({
  name: 'accuracy',
  title: 'Accuracy',
  help: 'Share of right answers.',
  doc: 'The share of samples for which the likeliest class is the true one; with a single output, for which it is on the right side of one half.',
  source: { label: 'Keras: accuracy metrics', url: 'https://keras.io/api/metrics/accuracy_metrics/' },
  for: ['classes', 'binary'],
  better: 'more',
  share: true,
  params: {},
  key: () => 'accuracy',
  keyTitle: (key) => (key === 'accuracy' ? 'Accuracy' : null),
  samples(tf, _, { output, target, kind, outputs }) {
    if (kind === 'classes') return tf.cast(tf.equal(tf.argMax(output, -1), tf.argMax(target, -1)), 'float32');
    const batch = output.shape[0] ?? 0;
    const said = tf.cast(tf.greater(tf.reshape(output, [batch]), outputs === 'logits' ? 0 : 0.5), 'float32');
    return tf.cast(tf.equal(said, tf.reshape(target, [batch])), 'float32');
  },
  keras: (_, { kind, sparse, threshold }): KerasObject =>
    kind === 'binary'
      ? { className: 'BinaryAccuracy', args: { threshold }, defaults: { threshold: 0.5 } }
      : { className: sparse ? 'SparseCategoricalAccuracy' : 'CategoricalAccuracy', args: {}, defaults: {} },
});
