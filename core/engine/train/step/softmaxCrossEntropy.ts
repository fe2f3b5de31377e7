import * as tf from '@tensorflow/tfjs-core';

/**
 * Name under which a kernel pack registers the cross-entropy of softmax with its gradient:
 * (logits [n, c], target [n, c]) -> [losses [n], gradient of each loss by its logits [n, c]].
 */
export const SOFTMAX_CROSS_ENTROPY_KERNEL = 'LoomSoftmaxCrossEntropy';

/**
 * −Σ target · log softmax(logits) over the last axis, without ever forming a probability. The target counts as a constant.
 */
export function softmaxCrossEntropy(logits: tf.Tensor, target: tf.Tensor): tf.Tensor {
  if (!tf.getKernel(SOFTMAX_CROSS_ENTROPY_KERNEL, tf.getBackend()))
    return tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(logits)), -1));
  const classes = logits.shape.at(-1) ?? 1;
  const rows = (x: tf.Tensor) => (x.rank === 2 ? x : tf.reshape(x, [-1, classes]));
  const labels = rows(target);
  const losses = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [input, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const [loss, slope] = tf
      .engine()
      .runKernel(SOFTMAX_CROSS_ENTROPY_KERNEL, { logits: input, target: labels }) as tf.Tensor[];
    if (!loss || !slope) throw new Error(`${SOFTMAX_CROSS_ENTROPY_KERNEL} must return two tensors`);
    save([slope]);
    return {
      value: loss,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(tf.expandDims(dy, -1), saved[0] as tf.Tensor),
    };
  })(rows(logits));
  return logits.rank === 2 ? losses : tf.reshape(losses, logits.shape.slice(0, -1));
}
