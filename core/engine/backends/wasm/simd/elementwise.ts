/** dx = dy where y > 0, else 0, for elements `from` to `to`. */
export function reluGrad(from: i32, to: i32, dy: usize, y: usize, dx: usize): void {
  const zero = f32x4.splat(0);
  let at = (<usize>from) << 2;
  const end = (<usize>to) << 2;
  for (; at + 16 <= end; at += 16) v128.store(dx + at, v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), zero)));
  for (; at < end; at += 4) store<f32>(dx + at, load<f32>(y + at) > 0 ? load<f32>(dy + at) : 0);
}

/**
 * An Adam step (formulas in core/training/optimizers/adam.ts) for elements `from` to `to`. Every intermediate is a 32-bit number, as in the
 * composed step.
 */
export function adam(
  from: i32,
  to: i32,
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  newW: usize,
  newM: usize,
  newV: usize,
  alpha: f32,
  epsilon: f32,
  rest1: f32,
  rest2: f32,
  keep: f32,
): void {
  const alpha4 = f32x4.splat(alpha);
  const epsilon4 = f32x4.splat(epsilon);
  const rest14 = f32x4.splat(rest1);
  const rest24 = f32x4.splat(rest2);
  const keep4 = f32x4.splat(keep);
  let at = (<usize>from) << 2;
  const end = (<usize>to) << 2;
  for (; at + 16 <= end; at += 16) {
    const slope = v128.load(g + at);
    const first = v128.load(m + at);
    const second = v128.load(v + at);
    const nextM = f32x4.add(first, f32x4.mul(f32x4.sub(slope, first), rest14));
    const nextV = f32x4.add(second, f32x4.mul(f32x4.sub(f32x4.mul(slope, slope), second), rest24));
    v128.store(newM + at, nextM);
    v128.store(newV + at, nextV);
    const move = f32x4.div(f32x4.mul(nextM, alpha4), f32x4.add(f32x4.sqrt(nextV), epsilon4));
    v128.store(newW + at, f32x4.sub(f32x4.mul(v128.load(w + at), keep4), move));
  }
  for (; at < end; at += 4) {
    const slope = load<f32>(g + at);
    const first = load<f32>(m + at);
    const second = load<f32>(v + at);
    const nextM = first + (slope - first) * rest1;
    const nextV = second + (slope * slope - second) * rest2;
    store<f32>(newM + at, nextM);
    store<f32>(newV + at, nextV);
    store<f32>(newW + at, load<f32>(w + at) * keep - (nextM * alpha) / (sqrt<f32>(nextV) + epsilon));
  }
}
