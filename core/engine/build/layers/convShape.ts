/** Output size along one axis: ⌈n / s⌉ for 'same' and 'causal', else ⌊(n − (k−1)d − 1) / s⌋ + 1. Null stays null. */
export function convLength(
  n: number | null | undefined,
  kernel: number,
  stride: number,
  dilation: number,
  padding: string,
): number | null {
  if (n === null || n === undefined) return null;
  if (padding !== 'valid') return Math.ceil(n / stride);
  return Math.floor((n - (kernel - 1) * dilation - 1) / stride) + 1;
}
