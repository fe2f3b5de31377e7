/**
 * Uniform numbers in [0, 1) that follow from a 32-bit seed alone: Mulberry32 (T. Ettinger, public domain). Its 2^32 period is
 * ample for shuffling, and it gives the same numbers on every machine, so a split is part of what a design means.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The indices 0..count-1 in an order that follows from the seed (Fisher-Yates). */
export function shuffledIndices(count: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const indices = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = indices[i] ?? 0;
    indices[i] = indices[j] ?? 0;
    indices[j] = held;
  }
  return indices;
}
