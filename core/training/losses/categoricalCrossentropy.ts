import { crossEntropyParams, normalised, smoothed } from './crossEntropy.ts';
import { defineLoss } from './defineLoss.ts';

/** From probabilities as in Keras: divided by their sum and clipped to [1e-7, 1 − 1e-7]. */
export const categoricalCrossentropy = defineLoss({
  name: 'categoricalCrossentropy',
  title: 'cross-entropy',
  help: 'One class of several. Wants softmax before it and one output for each class.',
  doc: '−Σ target · log probability over the classes: how surprised the network is by the true class. Computed from the numbers before the softmax, it neither overflows nor saturates.',
  source: { label: 'Bridle 1990', url: 'https://doi.org/10.1007/978-3-642-76153-9_28' },
  for: 'classes',
  activation: 'softmax',
  params: crossEntropyParams,
  elements(tf, { labelSmoothing }, { output, target, outputs }) {
    const smooth = smoothed(tf, target, labelSmoothing, 1 / (output.shape.at(-1) ?? 1));
    if (outputs === 'logits') return tf.softmaxCrossEntropy(output, smooth);
    return tf.neg(tf.sum(tf.mul(smooth, tf.log(normalised(tf, output))), -1));
  },
  keras: ({ fromLogits, labelSmoothing }) => ({
    className: 'CategoricalCrossentropy',
    args: { from_logits: fromLogits, label_smoothing: labelSmoothing },
    defaults: { from_logits: false, label_smoothing: 0 },
  }),
  kerasSparse: ({ fromLogits, labelSmoothing }) =>
    labelSmoothing > 0
      ? null
      : {
          className: 'SparseCategoricalCrossentropy',
          args: { from_logits: fromLogits },
          defaults: { from_logits: false },
        },
});
