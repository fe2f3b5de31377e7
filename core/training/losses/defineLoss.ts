import type { BasicParams, Entry, ForgottenParams, ParamValues } from '../../params/index.ts';
import type { KerasObject } from '../kerasObject.ts';
import type { Ops, Tensor } from '../ops.ts';

/** What outputs hold: numbers before a softmax or sigmoid, what came out of it, or plain numbers. */
export type Outputs = 'logits' | 'probabilities' | 'values';

export interface LossOps extends Ops {
  /** −Σ target · log softmax(logits) over the last axis, without ever forming a probability. The target counts as a constant. */
  softmaxCrossEntropy(logits: Tensor, target: Tensor): Tensor;
}

/** What a loss is computed from. */
export interface Compared {
  /** [batch, ...shape] */
  readonly output: Tensor;
  /** Class shares (one-hot) or values, of the same shape. */
  readonly target: Tensor;
  readonly outputs: Outputs;
}

export interface LossDefinition<N extends string = string, D extends BasicParams = BasicParams> extends Entry<N, D> {
  /** What the target is: one class of several, yes or no for each output, or numbers. */
  readonly for: 'classes' | 'binary' | 'numbers';
  /**
   * The activation that makes the probabilities it compares. The loss is then computed from what stands before that, which is exact.
   * Null: it compares what arrives.
   */
  readonly activation: 'softmax' | 'sigmoid' | null;
  /**
   * The loss of each element as Keras computes it before averaging, of the output's shape, or without its last axis for losses that
   * compare along it.
   */
  elements(ops: LossOps, settings: ParamValues<D>, compared: Compared): Tensor;
  /** The class of `keras.losses`. */
  keras(settings: ParamValues<D>): KerasObject;
  /** The class of `keras.losses` that takes class numbers in place of one-hot targets; null where these settings need one-hot. */
  kerasSparse?(settings: ParamValues<D>): KerasObject | null;
}

/** A definition whose parameter types have been forgotten: what whoever runs any of them holds. */
export type AnyLoss = LossDefinition<string, ForgottenParams>;

/** Types a loss; adds nothing at run time. */
export function defineLoss<const N extends string, const D extends BasicParams>(
  definition: LossDefinition<N, D>,
): LossDefinition<N, D> {
  return definition;
}
