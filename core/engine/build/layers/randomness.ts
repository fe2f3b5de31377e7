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

/**
 * A dropout mask: `size` values, each 0 with probability `rate`, else 1 / (1 − rate), so that the expected sum is unchanged.
 *
 * The numbers compared with the rate are those of TensorFlow's StatelessRandomUniform with the same seed: the seed is scrambled once
 * into a key and the upper half of a counter, the lower half counts blocks of four values, and a value is the lower 23 bits of its word
 * in units of 2⁻²³. So a mask can be drawn on a device or here, and is the same.
 */
export function dropoutMaskValues([layer, step]: MaskSeed, size: number, rate: number): Float32Array {
  const words = new Int32Array(4);
  philox(layer, layer >> 31, step, step >> 31, 0x3ec8f720, 0x02461e29, words);
  const [k0 = 0, k1 = 0, c2 = 0, c3 = 0] = words;
  const scale = keptScale(rate);
  const below = Math.ceil(Math.fround(rate) * 2 ** 23) - 1;
  // Whole blocks; the last may reach beyond the mask.
  const mask = new Float32Array((size + 3) & ~3);
  for (let at = 0, block = 0; at < size; at += 4, block++) {
    philox(block, 0, c2, c3, k0, k1, words);
    // The sign of the difference instead of a comparison: the processor cannot foresee which way a random branch goes.
    mask[at] = ((below - ((words[0] as number) & 0x7fffff)) >>> 31) * scale;
    mask[at + 1] = ((below - ((words[1] as number) & 0x7fffff)) >>> 31) * scale;
    mask[at + 2] = ((below - ((words[2] as number) & 0x7fffff)) >>> 31) * scale;
    mask[at + 3] = ((below - ((words[3] as number) & 0x7fffff)) >>> 31) * scale;
  }
  return mask.length === size ? mask : mask.slice(0, size);
}

/** What a kept value is multiplied by: 1 / (1 − rate), and 0 where nothing is kept. */
export function keptScale(rate: number): number {
  return rate < 1 ? 1 / (1 - rate) : 0;
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
