/**
 * What random masks depend on beside their layer's name. The training loop sets `seed` when a run starts and `step` before every
 * step (a step that is repeated after a resume must get its old number), so that the same run draws the same masks on every
 * backend.
 */
export const randomness: { seed: number; step: number } = { seed: 0, step: 0 };

/**
 * A dropout mask: `size` values, each 0 with probability `rate`, else 1 / (1 − rate), so that the expected sum is unchanged.
 * A function of (seed, key, step) alone. Drawn with mulberry32 in plain JS: about 2 ns a value, where tf.randomUniform takes 60.
 * `ownSeed` replaces the run's seed for a layer that has one of its own.
 */
export function drawDropoutMask(key: string, size: number, rate: number, ownSeed: number | null = null): Float32Array {
  const mask = new Float32Array(size);
  const scale = rate < 1 ? 1 / (1 - rate) : 0;
  const threshold = rate * 4294967296;
  let state = mix(hashText(key) ^ mix((ownSeed ?? randomness.seed) ^ mix(randomness.step)));
  for (let i = 0; i < size; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    mask[i] = (t ^ (t >>> 14)) >>> 0 >= threshold ? scale : 0;
  }
  return mask;
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finaliser of MurmurHash3: neighbouring seeds and steps must not give related streams. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
