import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from './backward.ts';

/** What a training step lets itself be watched by, besides its losses. */
export interface StepView {
  /** As the backward pass gave them. */
  readonly gradients: Gradients;
  /** As the update gets them. */
  readonly transformed: Gradients;
}

/** Values told of each training step, never of validation; over many steps they are the mean over their samples. */
export interface Instrument {
  /** In curves and records. */
  readonly names: readonly string[];
  /** In the order of the names. */
  compute(view: StepView): readonly tf.Scalar[];
}

/** The measured values of a step with those of its instruments behind them. Takes `measured` over. */
export function withInstruments(
  measured: tf.Tensor1D,
  instruments: readonly Instrument[],
  view: StepView,
): tf.Tensor1D {
  if (instruments.length === 0) return measured;
  const read = tf.stack(instruments.flatMap((one) => one.compute(view))) as tf.Tensor1D;
  const all = tf.concat([measured, read]);
  measured.dispose();
  return all;
}
