import type { BasicParams, Entry, ForgottenParams, ParamValues } from '../../params/index.ts';
import type { KerasObject } from '../kerasObject.ts';
import type { Outputs } from '../losses/index.ts';
import type { Ops, Tensor } from '../ops.ts';

/** What a head is compared with: one class of several (one-hot), one of two by a single output, or numbers. */
export type TargetKind = 'classes' | 'binary' | 'numbers';

/** What a metric is computed from. */
export interface Measured {
  /** What the training model puts out, [batch, ...shape]. */
  readonly output: Tensor;
  /** As the loss gets it, of the same shape. */
  readonly target: Tensor;
  readonly kind: TargetKind;
  readonly outputs: Outputs;
  /** For numbers trained on standardised: what brings distances back into the target's own units, one a column. */
  readonly deviation: number | Tensor | null;
}

/** What a Keras metric has to know of the head beside the metric's own parameters. */
export interface KerasHead {
  readonly kind: TargetKind;
  /** Targets are class numbers, not one-hot. */
  readonly sparse: boolean;
  /** The output above which a single output says yes. */
  readonly threshold: number;
}

export interface MetricDefinition<N extends string = string, D extends BasicParams = BasicParams> extends Entry<N, D> {
  readonly for: readonly TargetKind[];
  readonly better: 'more' | 'less';
  /** A share of one, read as per cent. */
  readonly share: boolean;
  /** Its name in curves and records, where several heads have it after the head's name: `top5Accuracy`. */
  key(settings: ParamValues<D>): string;
  /** What a key of its says as a heading (`Top-5 accuracy`), or null where the key is another metric's. */
  keyTitle(key: string): string | null;
  /** Of each sample, [batch]: the metric is their mean. */
  samples(ops: Ops, settings: ParamValues<D>, measured: Measured): Tensor;
  /** The class of `keras.metrics`. */
  keras(settings: ParamValues<D>, head: KerasHead): KerasObject;
}

/** A definition whose parameter types have been forgotten: what whoever runs any of them holds. */
export type AnyMetric = MetricDefinition<string, ForgottenParams>;

/** Types a metric; adds nothing at run time. */
export function defineMetric<const N extends string, const D extends BasicParams>(
  definition: MetricDefinition<N, D>,
): MetricDefinition<N, D> {
  return definition;
}
