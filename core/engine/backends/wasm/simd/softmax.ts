import { exp4 } from './functions';

/**
 * Cross-entropy of softmax and its slopes, for rows `from` to `to` of [rows, classes]: loss = Σ target · (log Σ e^z − z), slope = Σ target ·
 * softmax − target. `slopes` also serves as room for the exponentials.
 */
export function softmaxCrossEntropy(
  from: i32,
  to: i32,
  classes: i32,
  logits: usize,
  targets: usize,
  losses: usize,
  slopes: usize,
): void {
  const line = classes << 2;
  const vectors = line & ~15;
  for (let row = from; row < to; row++) {
    const z = logits + <usize>row * line;
    const y = targets + <usize>row * line;
    const d = slopes + <usize>row * line;
    let largest: f32 = -Infinity;
    for (let c = 0; c < line; c += 4) largest = max(largest, load<f32>(z + c));
    const shift = f32x4.splat(largest);
    let total: f64 = 0;
    let mass: f64 = 0;
    let along: f64 = 0;
    for (let c = 0; c < vectors; c += 16) v128.store(d + c, exp4(f32x4.sub(v128.load(z + c), shift)));
    for (let c = vectors; c < line; c += 4)
      store<f32>(d + c, f32x4.extract_lane(exp4(f32x4.splat(load<f32>(z + c) - largest)), 0));
    for (let c = 0; c < line; c += 4) {
      const share = load<f32>(y + c);
      total += load<f32>(d + c);
      mass += share;
      // A class with no share may have a logit of −∞.
      if (share !== 0) along += <f64>share * (<f64>load<f32>(z + c) - largest);
    }
    store<f32>(losses + ((<usize>row) << 2), <f32>(mass * logOf(total) - along));
    const factor = <f32>(mass / total);
    for (let c = 0; c < line; c += 4) store<f32>(d + c, load<f32>(d + c) * factor - load<f32>(y + c));
  }
}

/** ln x for x ≥ 1, by x = 2ⁿ · m with m near 1 and the series of artanh((m − 1)/(m + 1)). */
function logOf(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  if (!(x < Infinity)) return x;
  let n = <i32>((bits >> 52) & 0x7ff) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > Math.SQRT2) {
    m *= 0.5;
    n++;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let p: f64 = 1.0 / 15;
  p = p * q + 1.0 / 13;
  p = p * q + 1.0 / 11;
  p = p * q + 1.0 / 9;
  p = p * q + 1.0 / 7;
  p = p * q + 1.0 / 5;
  p = p * q + 1.0 / 3;
  p = p * q + 1;
  return <f64>n * Math.LN2 + 2 * s * p;
}
