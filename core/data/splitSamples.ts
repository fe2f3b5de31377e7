import { shuffledIndices } from './random.ts';
import type { SplitName } from './schema.ts';

export interface SplitRequest {
  readonly count: number;
  /** Class index of each sample to keep the class proportions in every part; null to split without regard to classes. */
  readonly labels: ArrayLike<number> | null;
  /** Fractions of the samples, 0..1, together less than 1. Training gets the rest. */
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
}

export type Splits = Readonly<Record<SplitName, Int32Array>>;

/**
 * Deals samples out to the three parts. Each class is shared out on its own, by largest remainder, so that counts are the
 * nearest whole numbers to the fractions; a tie goes to training. The parts are disjoint, hold every sample, are in a random
 * order (so that their first samples show all classes), and follow from the request alone.
 */
export function splitSamples(request: SplitRequest): Splits {
  const { count, labels, seed } = request;
  const order = shuffledIndices(count, seed);
  const sizes = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const label = labels?.[i] ?? 0;
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  const left = new Map([...sizes].map(([label, size]) => [label, shareOut(size, request.validation, request.test)]));
  const parts: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  for (const index of order) {
    const share = left.get(labels?.[index] ?? 0);
    if (share === undefined) continue;
    const part = share.test > 0 ? 'test' : share.validation > 0 ? 'validation' : 'train';
    share[part]--;
    parts[part].push(index);
  }
  return {
    train: Int32Array.from(parts.train),
    validation: Int32Array.from(parts.validation),
    test: Int32Array.from(parts.test),
  };
}

/** Whole numbers that add up to `size`, nearest to the fractions (largest remainder; ties: train, validation, test). */
export function shareOut(size: number, validation: number, test: number): Record<SplitName, number> {
  const names: readonly SplitName[] = ['train', 'validation', 'test'];
  // Rounding at 1e-9 keeps 0.7 * 10 = 7 from counting as 6.999.
  const exact = { train: size * (1 - validation - test), validation: size * validation, test: size * test };
  const whole = (name: SplitName): number => Math.floor(exact[name] + 1e-9);
  const share = { train: whole('train'), validation: whole('validation'), test: whole('test') };
  const remainder = (name: SplitName): number => Math.round((exact[name] - whole(name)) * 1e9);
  const byRemainder = [...names].sort((a, b) => remainder(b) - remainder(a));
  let missing = size - share.train - share.validation - share.test;
  for (const name of byRemainder) {
    if (missing === 0) break;
    share[name]++;
    missing--;
  }
  return share;
}
