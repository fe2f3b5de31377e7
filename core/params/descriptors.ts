import type { JsonValue } from '../json.ts';

/** The values of another parameter with which one has an effect: those in `is`, or all but those in `not`. */
export interface Need {
  /** Name of the other parameter; where there is none of that name, the need counts for nothing. */
  readonly param: string;
  readonly is?: readonly JsonValue[];
  readonly not?: readonly JsonValue[];
}

/**
 * Parameter descriptors: one typed description from which forms, schemas, the docs and the exporters all derive.
 * `section: 'advanced'` folds the row away in the inspector until opened.
 */
export interface Described<T> {
  readonly label: string;
  /** One sentence, shown on hover and read by screen readers. */
  readonly help: string;
  readonly default: T;
  readonly section?: 'main' | 'advanced';
  /** What others must be for this one to have any effect: one of these at least. `whyIdle` says what is missing. */
  readonly needs?: readonly Need[];
}

export interface IntParam<T = number> extends Described<T> {
  readonly kind: 'int';
  readonly min?: number;
  readonly max?: number;
  /** When set, null is allowed and shown as this text, e.g. "none" or "same as pool size". */
  readonly nullLabel?: string;
}
export interface FloatParam<T = number> extends Described<T> {
  readonly kind: 'float';
  readonly min?: number;
  readonly max?: number;
  /** Bounds are inclusive unless set here. */
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
  readonly nullLabel?: string;
}
export interface BooleanParam extends Described<boolean> {
  readonly kind: 'boolean';
}
export interface ChoiceParam<V extends string = string> extends Described<V> {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: V; readonly label: string; readonly help?: string }[];
}
/** A fixed number of integers with a box each: kernel size, strides, padding. */
export interface IntsParam<T = readonly number[]> extends Described<T> {
  readonly kind: 'ints';
  /** One label per box, e.g. ['height', 'width']; its length is the number of integers. */
  readonly boxes: readonly string[];
  readonly min: number;
  readonly max?: number;
  readonly nullLabel?: string;
}
/** A list of integers of any length, typed as `8, 8, 1`. */
export interface ShapeParam extends Described<readonly number[]> {
  readonly kind: 'shape';
  readonly min: number;
  readonly maxRank?: number;
}
export interface TextParam extends Described<string> {
  readonly kind: 'text';
  /** Where suggestions come from: fields of the dataset. */
  readonly suggest?: 'inputFields' | 'targetFields';
}
/** Any number of entries of a catalogue, each with its own parameters: the metrics of an output. */
export interface EntriesParam<S extends EntrySettings = EntrySettings> extends Described<readonly S[]> {
  readonly kind: 'entries';
  readonly of: Entries;
  /** Shown where none is chosen. */
  readonly emptyLabel: string;
}

/** Descriptors that know of nothing but themselves; the layers' catalogue has more kinds. */
export type BasicParam =
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
  | EntriesParam;

export type BasicParams = { readonly [name: string]: BasicParam };

/** The parameter values a set of descriptors describes. */
export type ParamValues<D extends { readonly [name: string]: { readonly default: unknown } }> = {
  readonly [K in keyof D]: D[K]['default'];
};

/** One choice in a catalogue, in a file of its own: what forms, schemas, documentation and exporters need of it. */
export interface Entry<N extends string = string, D extends BasicParams = BasicParams> {
  /** Under which it is stored. */
  readonly name: N;
  readonly title: string;
  /** One short sentence beside it in lists. */
  readonly help: string;
  /** One paragraph on what it computes and when to use it. */
  readonly doc: string;
  readonly source: { readonly label: string; readonly url: string };
  readonly params: D;
}

/** A catalogue's entries by name, in the order in which lists show them. */
export type Entries = { readonly [name: string]: Entry };

/** How a chosen entry is stored: its name and the values of its parameters. */
export interface EntrySettings {
  readonly name: string;
}

/** The settings of one entry, or of any of several. */
export type SettingsOf<E extends Entry> =
  E extends Entry<infer N, infer D> ? { readonly name: N } & ParamValues<D> : never;

type Rest<P, K extends keyof P> = Omit<P, 'kind' | K>;

// Builders: they only add `kind`, and let TypeScript infer the value type from the default.
/** A whole number. */
export const int = (p: Rest<IntParam, 'nullLabel'>): IntParam => ({ kind: 'int', ...p });
/** A whole number, or none. */
export const intOrNull = (
  p: Rest<IntParam<number | null>, never> & { nullLabel: string },
): IntParam<number | null> => ({ kind: 'int', ...p });
/** A number. */
export const float = (p: Rest<FloatParam, 'nullLabel'>): FloatParam => ({ kind: 'float', ...p });
/** A number, or none. */
export const floatOrNull = (
  p: Rest<FloatParam<number | null>, never> & { nullLabel: string },
): FloatParam<number | null> => ({ kind: 'float', ...p });
/** Yes or no. */
export const boolean = (p: Rest<BooleanParam, never>): BooleanParam => ({ kind: 'boolean', ...p });
/** One of several named values. */
export const choice = <V extends string>(p: Omit<ChoiceParam<V>, 'kind'>): ChoiceParam<V> => ({ kind: 'choice', ...p });
/** Several whole numbers, one a dimension. */
export const ints = (p: Rest<IntsParam, 'nullLabel'>): IntsParam => ({ kind: 'ints', ...p });
/** Several whole numbers, one a dimension, or none. */
export const intsOrNull = (
  p: Rest<IntsParam<readonly number[] | null>, never> & { nullLabel: string },
): IntsParam<readonly number[] | null> => ({ kind: 'ints', ...p });
/** A tensor's shape without the batch. */
export const shape = (p: Rest<ShapeParam, never>): ShapeParam => ({ kind: 'shape', ...p });
/** A text. */
export const text = (p: Rest<TextParam, never>): TextParam => ({ kind: 'text', ...p });
/** A list of entries of a catalogue, each with its own settings. */
export const entries = <S extends EntrySettings>(p: Rest<EntriesParam<S>, never>): EntriesParam<S> => ({
  kind: 'entries',
  ...p,
});
