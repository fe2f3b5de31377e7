import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { StateCell } from '../step/stepProgram.ts';

/** A weight under training. */
export interface Trainable {
  /** `${node.name}/${weight.name}`: slots are kept by this, so that they survive edits elsewhere in the design. */
  readonly key: string;
  readonly variable: tfl.LayerVariable;
  /** Whether decoupled weight decay applies. */
  readonly decays: boolean;
}

/** An optimiser's settings to whoever does not know which it is: its name and the values of its parameters. */
export interface OptimizerChoice {
  readonly name: string;
}

export interface Optimizer {
  /** Updates so far; decides Adam's bias correction. */
  readonly step: number;
  /** One update. Gradients in the order of the trainables given at creation; null leaves a weight alone. Constraints are applied to the result. */
  apply(gradients: readonly (tf.Tensor | null)[], learningRate: number): void;
  /** Everything needed to continue, by `${key}/${slot}`. Tensors stay the optimiser's. */
  slots(): ReadonlyMap<string, tf.Tensor>;
  /** Continues from stored slots. Slots that are missing or of another shape start anew. */
  restore(
    step: number,
    slots: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>,
  ): void;
  /** Present when `apply` takes every number that changes with the step by `perStep`, so that a step can be recorded. */
  readonly recordable?: {
    /** The slots. */
    cells(): readonly StateCell[];
    /** Native resource that holds a trainable, by its place in the list given at creation; null where the variable itself does. */
    weightResource(index: number): number | null;
    /** Tells what a step that runs without `apply` being called is numbered (from 1), and its learning rate. */
    moveTo(step: number, learningRate: number): void;
  };
  dispose(): void;
}
