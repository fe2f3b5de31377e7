import type * as tf from '@tensorflow/tfjs-core';

/** A tensor that a training step reads and changes: a weight, an optimiser's slot. */
export interface StateCell {
  /** Its value. Stays with its owner, good until the next write. */
  read(): tf.Tensor;
  /** Replaces its value; `value` stays the caller's. */
  write(value: tf.Tensor): void;
  /** Number of the native resource in which the backend keeps it, if it does. */
  readonly resource?: number | null;
}

/**
 * A training step (one for each batch size) turned into a program that the backend runs as a whole, without TensorFlow.js calling its
 * operations one by one. It has its own copy of the state: the cells are out of date until `sync`.
 */
export interface StepProgram {
  /** Runs step number `which` with freshly drawn per-step values (perStep.ts). Returns what the recorded step returned. */
  run(which: number): tf.Tensor;
  /** Writes the program's state back into the cells. */
  sync(): void;
  dispose(): void;
}

/**
 * Runs every step once to record it, and builds the program; the state is the one the cells had before. Null when the steps cannot be
 * run as a program: they read values back, say. The cells' values are then unchanged too.
 */
export type StepCompiler = (cells: readonly StateCell[], steps: readonly (() => tf.Tensor)[]) => StepProgram | null;
