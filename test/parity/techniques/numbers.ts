import { seededRandom } from '../../../core/engine/model/random.ts';

/** 32-bit numbers between two bounds, always the same by their name. */
export const numbers = (name: string, count: number, low: number, high: number): number[] => {
  const random = seededRandom('parity', name);
  return Array.from({ length: count }, () => Math.fround(low + (high - low) * random()));
};

/** Six samples of four numbers. */
export const rows = (name: string, low: number, high: number): number[][] =>
  Array.from({ length: 6 }, (_, row) => numbers(`${name}${row}`, 4, low, high));

/** Six samples' classes out of four. */
export const oneHot = Array.from({ length: 6 }, (_, row) => [0, 1, 2, 3].map((i) => (i === row % 4 ? 1 : 0)));

/** Six samples with four answers of yes or no. */
export const bits = Array.from({ length: 6 }, (_, row) => [0, 1, 2, 3].map((i) => ((row >> (i % 3)) + i) % 2));
