/** A weight penalty added to the loss: l1 * sum|w| + l2 * sum w². Null where there is none. */
export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
  readonly [key: string]: number;
}
