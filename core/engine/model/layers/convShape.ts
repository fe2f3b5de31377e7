import type { serialization } from '@tensorflow/tfjs-core';

/** How a kernel moves over the map. */
export interface Sliding {
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
  readonly padding: string;
}

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

/** Output size along each axis the kernel moves over; `sizes` may go on behind them. */
export function convSizes(sizes: readonly (number | null)[], sliding: Sliding): (number | null)[] {
  const { kernelSize, strides, dilationRate, padding } = sliding;
  return kernelSize.map((k, i) => convLength(sizes[i], k, strides[i] ?? 1, dilationRate[i] ?? 1, padding));
}

/** A convolution's config as tfjs wants it in files: arrays that may be changed. */
export function slidingConfig<C extends Sliding>({
  kernelSize,
  strides,
  dilationRate,
  ...rest
}: C): serialization.ConfigDict {
  const lists = { kernelSize: [...kernelSize], strides: [...strides], dilationRate: [...dilationRate] };
  return { ...(rest as unknown as serialization.ConfigDict), ...lists };
}
