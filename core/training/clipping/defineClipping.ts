import type { BasicParams, Entry, ForgottenParams, ParamValues } from '../../params/index.ts';
import type { Ops, Tensor } from '../ops.ts';

export interface ClippingDefinition<N extends string = string, D extends BasicParams = BasicParams>
  extends Entry<N, D> {
  /** All gradients of a step, made smaller where they are too large, in their order. Null: they stay as they are. */
  readonly clip: ((ops: Ops, settings: ParamValues<D>, gradients: readonly Tensor[]) => readonly Tensor[]) | null;
  /** The arguments with which any optimiser of Keras 3 does the same. */
  keras(settings: ParamValues<D>): { readonly [argument: string]: number };
}

/** A definition whose parameter types have been forgotten: what whoever runs any of them holds. */
export type AnyClipping = ClippingDefinition<string, ForgottenParams>;

/** Types a way of clipping; adds nothing at run time. */
export function defineClipping<const N extends string, const D extends BasicParams>(
  definition: ClippingDefinition<N, D>,
): ClippingDefinition<N, D> {
  return definition;
}
