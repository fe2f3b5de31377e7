import { clipped, crossEntropyParams, smoothed } from './crossEntropy.ts';
import { defineLoss } from './defineLoss.ts';

/** From logits −log σ(z) = softplus(−z): no difference of large numbers on either side. */
export const binaryCrossentropy = defineLoss({
  name: 'binaryCrossentropy',
  title: 'binary cross-entropy',
  help: 'Yes or no, for each output by itself. Wants sigmoid before it.',
  doc: '−target · log p − (1 − target) · log(1 − p) of each output by itself. For two classes told apart by one output, or for labels of which several can hold.',
  source: { label: 'Keras: binary cross-entropy', url: 'https://keras.io/api/losses/probabilistic_losses/' },
  for: 'binary',
  activation: 'sigmoid',
  params: crossEntropyParams,
  elements(tf, { labelSmoothing }, { output, target, outputs }) {
    const smooth = smoothed(tf, target, labelSmoothing, 0.5);
    const rest = tf.sub(1, smooth);
    if (outputs === 'logits')
      return tf.add(tf.mul(smooth, tf.softplus(tf.neg(output))), tf.mul(rest, tf.softplus(output)));
    const p = clipped(tf, output);
    return tf.neg(tf.add(tf.mul(smooth, tf.log(p)), tf.mul(rest, tf.log(tf.sub(1, p)))));
  },
  keras: ({ fromLogits, labelSmoothing }) => ({
    className: 'BinaryCrossentropy',
    args: { from_logits: fromLogits, label_smoothing: labelSmoothing },
    defaults: { from_logits: false, label_smoothing: 0 },
  }),
});
