import * as tf from '@tensorflow/tfjs-core';

export type StepValues = Float32Array | Int32Array;
/** Computes the values anew for the step that is about to run. Must not depend on anything but the training's state. */
export type Draw = () => StepValues;

export interface PerStepListener {
  /** Called for each tensor that enters a step from outside, with the very array it was made of. */
  entered(values: StepValues, draw: Draw): void;
}

let listener: PerStepListener | null = null;

/**
 * A tensor whose values change from step to step: a batch's indices, Adam's step size, a dropout seed. Everything of that kind must
 * enter a training step through here: a backend that records a step to run it as one program (stepProgram.ts) draws these values anew
 * for every step and takes all others for constants. Belongs to the surrounding tidy.
 */
export function perStep(shape: readonly number[], dtype: 'float32' | 'int32', draw: Draw): tf.Tensor {
  const values = draw();
  listener?.entered(values, draw);
  return tf.tensor(values, [...shape], dtype);
}

/** For recorders: hears of every `perStep` tensor while `run` lasts. */
export function withPerStepListener<T>(hears: PerStepListener, run: () => T): T {
  const before = listener;
  listener = hears;
  try {
    return run();
  } finally {
    listener = before;
  }
}
