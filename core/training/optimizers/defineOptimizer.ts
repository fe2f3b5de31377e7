import type { BasicParams, Entry, ForgottenParams, ParamValues } from '../../params/index.ts';
import type { KerasObject } from '../kerasObject.ts';
import type { Ops, Tensor } from '../ops.ts';

/** What an update starts from, for one weight. */
export interface UpdateState {
  /** The weight, after its decay. */
  readonly weight: Tensor;
  readonly gradient: Tensor;
  /** The learning rate of this step, a scalar. */
  readonly rate: Tensor;
  /** What the last update left in a slot, of the weight's shape. */
  slot(name: string): Tensor;
  /** A number of this step that `scalars` computed. */
  scalar(name: string): Tensor;
}

/** A weight after one step of an optimiser, and what the optimiser keeps for it. */
export interface Updated {
  readonly weight: Tensor;
  /** Every slot of `slots`, by name. */
  readonly slots: { readonly [name: string]: Tensor };
}

export interface OptimizerDefinition<N extends string = string, D extends BasicParams = BasicParams>
  extends Entry<N, D> {
  /** The learning rate it starts with in a design, as in Keras. */
  readonly learningRate: number;
  /** Names of the numbers it keeps beside each weight, of the weight's shape. They are stored in checkpoints by them. */
  slots(settings: ParamValues<D>): readonly string[];
  /** What slots start from, by name; 0 where none is named. */
  slotStart?(settings: ParamValues<D>): { readonly [name: string]: number };
  /** Numbers that follow from the step (counted from 1) and its learning rate, computed once for all weights in double precision. */
  scalars?(settings: ParamValues<D>, rate: number, step: number): { readonly [name: string]: number };
  /** Decoupled weight decay (Loshchilov & Hutter 2019): w ← w − rate · decay · w before the update, for weights that decay. */
  decay?(settings: ParamValues<D>): number;
  /** One update. Numbers that change from step to step come by `rate` and `scalar` only: the step may be recorded and run again. */
  update(ops: Ops, settings: ParamValues<D>, state: UpdateState): Updated;
  /** The class of `keras.optimizers`; learning rate and weight decay are added to its arguments. */
  keras(settings: ParamValues<D>): KerasObject;
}

/** A definition whose parameter types have been forgotten: what whoever runs any of them holds. */
export type AnyOptimizer = OptimizerDefinition<string, ForgottenParams>;

/** Types an optimiser; adds nothing at run time. */
export function defineOptimizer<const N extends string, const D extends BasicParams>(
  definition: OptimizerDefinition<N, D>,
): OptimizerDefinition<N, D> {
  return definition;
}
