import { float } from '../../params/index.ts';
import type { Ops, Tensor } from '../ops.ts';

export const normLimit = (of: string) =>
  float({
    label: 'Largest norm',
    help: `The norm (root of the sum of squares) that ${of} may have; what is longer is scaled down to it.`,
    default: 1,
    min: 0,
    exclusiveMin: true,
  });

/** √Σg² over all of these tensors together, a scalar. */
export function normOf(tf: Ops, tensors: readonly Tensor[]): Tensor {
  const squares = tensors.map((one) => tf.sum(tf.square(one)));
  return tf.sqrt(squares.reduce((sum, one) => tf.add(sum, one)));
}

/** What brings a vector of this norm down to `limit`: exactly 1 where it is no longer than that. */
export function scaleTo(tf: Ops, limit: number, norm: Tensor): Tensor {
  const most = tf.fill([], limit);
  return tf.div(most, tf.maximum(norm, most));
}
