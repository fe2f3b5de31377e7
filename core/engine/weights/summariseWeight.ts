import type { WeightFigures } from '../protocol.ts';

/** Values looked at between two turns of the event loop: some milliseconds' worth. */
export const VALUES_AT_ONCE = 1 << 20;

/**
 * Least and greatest value, mean, standard deviation (of the values themselves, not an estimate from a sample) and the share of exact zeros.
 * Values that are no numbers, or not finite, are counted apart and otherwise left out.
 * @param pause awaited between stretches of a large weight
 */
export async function summariseWeight(
  data: Float32Array,
  pause: () => Promise<void> = async () => undefined,
): Promise<{ readonly figures: WeightFigures | null; readonly notFinite: number }> {
  let [finite, zeros, mean, squares] = [0, 0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let from = 0; from < data.length; from += VALUES_AT_ONCE) {
    if (from > 0) await pause();
    for (const value of data.subarray(from, from + VALUES_AT_ONCE)) {
      if (!Number.isFinite(value)) continue;
      finite++;
      if (value === 0) zeros++;
      if (value < min) min = value;
      if (value > max) max = value;
      // Welford (1962): sums of squares would cancel where the mean is large beside the deviation.
      const before = value - mean;
      mean += before / finite;
      squares += before * (value - mean);
    }
  }
  const notFinite = data.length - finite;
  if (finite === 0) return { figures: null, notFinite };
  return { figures: { min, max, mean, deviation: Math.sqrt(squares / finite), zeros: zeros / finite }, notFinite };
}
