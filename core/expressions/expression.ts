import type { JsonValue } from '../json.ts';

/** What can stand as it is in an expression. */
export type Literal = number | string | boolean | null;

/** A function of expressions: how many numbers it takes, and what it makes of them. */
interface NumberFunction {
  readonly least: number;
  readonly most: number;
  readonly compute: (...values: readonly number[]) => number;
}

const ofOne = (compute: (x: number) => number): NumberFunction => ({
  least: 1,
  most: 1,
  compute: (x = 0) => compute(x),
});
const ofSeveral = (compute: (...values: readonly number[]) => number): NumberFunction => ({
  least: 1,
  most: 20,
  compute,
});

/** Functions by their names. */
export const FUNCTIONS = {
  min: ofSeveral(Math.min),
  max: ofSeveral(Math.max),
  /** Halves upwards: `round(2.5)` is 3, `round(-2.5)` is -2. */
  round: ofOne((x) => Math.floor(x + 0.5)),
  floor: ofOne(Math.floor),
  ceil: ofOne(Math.ceil),
  abs: ofOne(Math.abs),
  sqrt: ofOne(Math.sqrt),
  log2: ofOne(Math.log2),
} as const;

export type FunctionName = keyof typeof FUNCTIONS;

/** What two numbers make a number by. */
export const ARITHMETIC = ['+', '-', '*', '/', '%', '**'] as const;
/** By what two numbers are compared. */
export const COMPARISONS = ['<', '<=', '>', '>='] as const;

export type ArithmeticOperator = (typeof ARITHMETIC)[number];
export type Comparison = (typeof COMPARISONS)[number];

/**
 * An expression as a tree. Numbers are counted with as Python does: `/` gives fractions, `%` has the sign of its right side, `**` binds to
 * the right. `==` and `!=` compare values of one kind; `and`, `or` and `not` take conditions only.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'equality';
      readonly operator: '==' | '!=';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'choice';
      readonly test: Expression;
      readonly chosen: Expression;
      readonly otherwise: Expression;
    };

/** Why an expression has no value: a sentence, and what it is about where that is one name or one place. */
export interface Fault {
  /** A whole sentence, without the expression itself. */
  readonly reason: string;
  /** Where in the text it cannot be read, counted from 0. */
  readonly at?: number;
  /** A name that stands for nothing. */
  readonly unknown?: string;
  /** The name that it was probably meant to be. */
  readonly near?: string;
}

export type Parsed = { readonly ok: true; readonly value: Expression } | { readonly ok: false; readonly error: Fault };
export type Evaluated =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly error: Fault };
