import type { JsonValue } from '../json.ts';
import type { Constraint } from './constraints.ts';
import type { Initializer } from './initializers.ts';
import type { Regularizer } from './regularizers.ts';

/** The values of another parameter with which one has an effect: those in `is`, or all but those in `not`. */
export interface Need {
  /** Name of the other parameter; where the layer has none of that name, the need counts for nothing. */
  readonly param: string;
  readonly is?: readonly JsonValue[];
  readonly not?: readonly JsonValue[];
}

/**
 * Parameter descriptors: one typed description from which the inspector, the schema, the docs and the exporters all derive.
 * `section: 'advanced'` folds the row away in the inspector until opened.
 */
interface Common<T> {
  readonly label: string;
  /** One sentence, shown on hover and read by screen readers. */
  readonly help: string;
  readonly default: T;
  readonly section?: 'main' | 'advanced';
  /** What others must be for this one to have any effect: one of these at least. `whyIdle` says what is missing. */
  readonly needs?: readonly Need[];
}

export interface IntParam<T = number> extends Common<T> {
  readonly kind: 'int';
  readonly min?: number;
  readonly max?: number;
  /** When set, null is allowed and shown as this text, e.g. "none" or "same as pool size". */
  readonly nullLabel?: string;
}
export interface FloatParam<T = number> extends Common<T> {
  readonly kind: 'float';
  readonly min?: number;
  readonly max?: number;
  /** Bounds are inclusive unless set here. */
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
  readonly nullLabel?: string;
}
export interface BooleanParam extends Common<boolean> {
  readonly kind: 'boolean';
}
export interface ChoiceParam<V extends string = string> extends Common<V> {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: V; readonly label: string; readonly help?: string }[];
}
/** A fixed number of integers with a box each: kernel size, strides, padding. */
export interface IntsParam<T = readonly number[]> extends Common<T> {
  readonly kind: 'ints';
  /** One label per box, e.g. ['height', 'width']; its length is the number of integers. */
  readonly boxes: readonly string[];
  readonly min: number;
  readonly max?: number;
  readonly nullLabel?: string;
}
/** A list of integers of any length, typed as `8, 8, 1`. */
export interface ShapeParam extends Common<readonly number[]> {
  readonly kind: 'shape';
  readonly min: number;
  readonly maxRank?: number;
}
export interface TextParam extends Common<string> {
  readonly kind: 'text';
  /** Where suggestions come from: fields of the dataset. */
  readonly suggest?: 'inputFields' | 'targetFields';
}
export interface InitializerParam extends Common<Initializer> {
  readonly kind: 'initializer';
}
export interface RegularizerParam extends Common<Regularizer | null> {
  readonly kind: 'regularizer';
}
export interface ConstraintParam extends Common<Constraint | null> {
  readonly kind: 'constraint';
}

export type ParamDescriptor =
  | IntParam
  | IntParam<number | null>
  | FloatParam
  | FloatParam<number | null>
  | BooleanParam
  | ChoiceParam
  | IntsParam
  | IntsParam<readonly number[] | null>
  | ShapeParam
  | TextParam
  | InitializerParam
  | RegularizerParam
  | ConstraintParam;

export type ParamDescriptors = { readonly [name: string]: ParamDescriptor };

/** The parameter values a set of descriptors describes. */
export type ParamValues<D extends ParamDescriptors> = { readonly [K in keyof D]: D[K]['default'] };
export type AnyParams = { readonly [name: string]: JsonValue };

type Rest<P, K extends keyof P> = Omit<P, 'kind' | K>;

// Builders: they only add `kind`, and let TypeScript infer the value type from the default.
export const int = (p: Rest<IntParam, 'nullLabel'>): IntParam => ({ kind: 'int', ...p });
export const intOrNull = (
  p: Rest<IntParam<number | null>, never> & { nullLabel: string },
): IntParam<number | null> => ({ kind: 'int', ...p });
export const float = (p: Rest<FloatParam, 'nullLabel'>): FloatParam => ({ kind: 'float', ...p });
export const floatOrNull = (
  p: Rest<FloatParam<number | null>, never> & { nullLabel: string },
): FloatParam<number | null> => ({ kind: 'float', ...p });
export const boolean = (p: Rest<BooleanParam, never>): BooleanParam => ({ kind: 'boolean', ...p });
export const choice = <V extends string>(p: Omit<ChoiceParam<V>, 'kind'>): ChoiceParam<V> => ({ kind: 'choice', ...p });
export const ints = (p: Rest<IntsParam, 'nullLabel'>): IntsParam => ({ kind: 'ints', ...p });
export const intsOrNull = (
  p: Rest<IntsParam<readonly number[] | null>, never> & { nullLabel: string },
): IntsParam<readonly number[] | null> => ({ kind: 'ints', ...p });
export const shape = (p: Rest<ShapeParam, never>): ShapeParam => ({ kind: 'shape', ...p });
export const text = (p: Rest<TextParam, never>): TextParam => ({ kind: 'text', ...p });
export const initializer = (p: Rest<InitializerParam, never>): InitializerParam => ({ kind: 'initializer', ...p });
export const regularizer = (p: Rest<RegularizerParam, never>): RegularizerParam => ({ kind: 'regularizer', ...p });
export const constraint = (p: Rest<ConstraintParam, never>): ConstraintParam => ({ kind: 'constraint', ...p });
