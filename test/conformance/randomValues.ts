/**
 * `size` numbers in (−1, 1), a shuffled even grid: fixed for each key, no two alike and none at zero, so that maxima have no ties
 * and no value sits on the kink of a ReLU.
 */
export function randomValues(key: string, size: number): Float32Array {
  let state = [...key].reduce((hash, c) => Math.imul(hash ^ c.charCodeAt(0), 16777619), 2166136261);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  // Shifted by a part of the spacing that depends on the key, so that two inputs never share a value either.
  const shift = 0.2 + 0.6 * next();
  const values = Float32Array.from({ length: size }, (_, i) => ((i + shift) / size) * 2 - 1);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [values[i], values[j]] = [values[j] as number, values[i] as number];
  }
  return values;
}
