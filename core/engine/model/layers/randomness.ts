import { philox } from './philox.ts';

/**
 * What random masks depend on beside their layer's name. The training loop sets `seed` when a run starts and `step` before every
 * step (a step that is repeated after a resume must get its old number), so that the same run draws the same masks on every
 * backend.
 */
export const randomness: { seed: number; step: number } = { seed: 0, step: 0 };

/** What a mask follows from: a word for the layer in the run, and the number of the step. */
export type MaskSeed = readonly [layer: number, step: number];

/** The seed of a layer's mask at the current step. `ownSeed` replaces the run's seed for a layer that has one of its own. */
export function maskSeed(key: string, ownSeed: number | null = null): MaskSeed {
  return [mix(hashText(key) ^ mix(ownSeed ?? randomness.seed)), randomness.step | 0];
}

/** A dropout mask compares random numbers of 16 bits with the rate. */
export interface MaskRule {
  /** Values below are dropped; 0 to 65,536. */
  readonly threshold: number;
  /** What a kept value is multiplied by, so that the expected sum is unchanged; 0 where nothing is kept. */
  readonly scale: number;
}

/** The rate to the nearest of 65,536 steps. */
export function maskRule(rate: number): MaskRule {
  const threshold = Math.round(rate * 65_536);
  return { threshold, scale: threshold < 65_536 ? 65_536 / (65_536 - threshold) : 0 };
}

/**
 * A dropout mask: `size` values, each 0 or the scale of `maskRule`.
 *
 * The random numbers are those of TensorFlow's StatelessRandomUniformFullInt with the same seed, so that a mask drawn on a device is the
 * same as one drawn here: the seed is scrambled once into a key and the upper half of a counter, the lower half counts blocks of four
 * words, and each word gives two numbers, the lower half first.
 */
export function dropoutMaskValues([layer, step]: MaskSeed, size: number, rate: number): Float32Array {
  const words = new Int32Array(4);
  philox(layer, layer >> 31, step, step >> 31, 0x3ec8f720, 0x02461e29, words);
  const [k0 = 0, k1 = 0, c2 = 0, c3 = 0] = words;
  const { threshold, scale } = maskRule(rate);
  // The sign of a difference instead of a comparison: the processor cannot foresee which way a random branch goes.
  const below = threshold - 1;
  // Whole blocks; the last may reach beyond the mask.
  const mask = new Float32Array((size + 7) & ~7);
  for (let at = 0, block = 0; at < size; at += 8, block++) {
    philox(block, 0, c2, c3, k0, k1, words);
    for (let i = 0; i < 4; i++) {
      const word = words[i] as number;
      mask[at + 2 * i] = ((below - (word & 0xffff)) >>> 31) * scale;
      mask[at + 2 * i + 1] = ((below - (word >>> 16)) >>> 31) * scale;
    }
  }
  return mask.length === size ? mask : mask.slice(0, size);
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finaliser of MurmurHash3: neighbouring seeds must not give related streams. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
