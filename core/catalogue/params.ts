import type { JsonValue } from '../json.ts';
import type { BasicParam, Described } from '../params/index.ts';
import type { Constraint } from './constraints.ts';
import type { Initializer } from './initializers.ts';
import type { Regularizer } from './regularizers.ts';

export * from '../params/index.ts';

export interface InitializerParam extends Described<Initializer> {
  readonly kind: 'initializer';
}
export interface RegularizerParam extends Described<Regularizer | null> {
  readonly kind: 'regularizer';
}
export interface ConstraintParam extends Described<Constraint | null> {
  readonly kind: 'constraint';
}

/** Everything a parameter of a layer can be: the kinds of core/params, and those that only weights have. */
export type ParamDescriptor = BasicParam | InitializerParam | RegularizerParam | ConstraintParam;

export type ParamDescriptors = { readonly [name: string]: ParamDescriptor };

export type AnyParams = { readonly [name: string]: JsonValue };

type Rest<P> = Omit<P, 'kind'>;

/** A parameter: what a weight begins with. */
export const initializer = (p: Rest<InitializerParam>): InitializerParam => ({ kind: 'initializer', ...p });
/** A parameter: the penalty on a weight, or none. */
export const regularizer = (p: Rest<RegularizerParam>): RegularizerParam => ({ kind: 'regularizer', ...p });
/** A parameter: what a weight is kept to after each step, or nothing. */
export const constraint = (p: Rest<ConstraintParam>): ConstraintParam => ({ kind: 'constraint', ...p });
