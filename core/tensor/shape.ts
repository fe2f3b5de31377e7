/**
 * Shapes never include the batch dimension: an 8x8 grey image is `[8, 8, 1]`, a scalar feature is `[1]`.
 * Channels come last, as in TensorFlow.js and Keras.
 */
export type Shape = readonly number[];

/** Number of elements one sample of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** `8×8×16`: how a shape is written everywhere on screen. A rank-0 shape reads `scalar`. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : shape.join('×');
}

/** Whether two shapes have the same rank and the same sizes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
