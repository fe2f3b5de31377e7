import { boolean, float } from '../../params/index.ts';
import type { Ops, Tensor } from '../ops.ts';

/** Keras's clip of probabilities before a logarithm. */
const EPSILON = 1e-7;

/** Parameters that all cross-entropies have. */
export const crossEntropyParams = {
  fromLogits: boolean({
    label: 'Input is logits',
    help: 'On when what arrives has not been through softmax or sigmoid. Off is right after a softmax or sigmoid; the loss is then still computed from what stands before it, which is exact.',
    default: false,
  }),
  labelSmoothing: float({
    label: 'Label smoothing',
    help: 'Moves this much of the target from the true class to all classes alike. For cross-entropies.',
    default: 0,
    min: 0,
    max: 1,
    section: 'advanced',
  }),
};

/** The target with `amount` of it moved `towards` a share for each class (Szegedy et al. 2016). */
export function smoothed(tf: Ops, target: Tensor, amount: number, towards: number): Tensor {
  return amount === 0 ? target : tf.add(tf.mul(target, 1 - amount), amount * towards);
}

/** Probabilities as Keras takes their logarithm. */
export function clipped(tf: Ops, probabilities: Tensor): Tensor {
  return tf.clipByValue(probabilities, EPSILON, 1 - EPSILON);
}

/** Class probabilities divided by their sum, and clipped. */
export function normalised(tf: Ops, output: Tensor): Tensor {
  return clipped(tf, tf.div(output, tf.sum(output, -1, true)));
}
