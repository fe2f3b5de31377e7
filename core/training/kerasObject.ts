import type { JsonValue } from '../json.ts';

/** An object of Keras 3 that computes the same: what generated programs make. */
export interface KerasObject {
  readonly className: string;
  readonly args: { readonly [argument: string]: JsonValue };
  /** What Keras assumes where an argument is not given; such arguments are left out of programs. */
  readonly defaults: { readonly [argument: string]: JsonValue };
  /** Arguments that are whole numbers to Keras. All others are floats: it refuses `momentum=1`. */
  readonly integers?: readonly string[];
}
