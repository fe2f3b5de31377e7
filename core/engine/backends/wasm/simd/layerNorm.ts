/**
 * Layer normalisation of rows `from` to `to` of [rows, width]: y = gamma · (x − mean) / √(variance + ε) + beta, with the row's own
 * moments. Each row is read three times while it is in the cache.
 */
export function layerNorm(
  from: i32,
  to: i32,
  x: usize,
  width: i32,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  y: usize,
  means: usize,
  inverses: usize,
): void {
  const line = width << 2;
  const vectors = line & ~15;
  for (let row = from; row < to; row++) {
    const source = x + <usize>row * line;
    const target = y + <usize>row * line;
    let total = f32x4.splat(0);
    for (let c = 0; c < vectors; c += 16) total = f32x4.add(total, v128.load(source + c));
    let sum = sumOf(total);
    for (let c = vectors; c < line; c += 4) sum += load<f32>(source + c);
    const mean = sum / <f32>width;
    // Around the mean, as sums of squares lose everything where the mean is large.
    const centre = f32x4.splat(mean);
    total = f32x4.splat(0);
    for (let c = 0; c < vectors; c += 16) {
      const centred = f32x4.sub(v128.load(source + c), centre);
      total = f32x4.add(total, f32x4.mul(centred, centred));
    }
    let squares = sumOf(total);
    for (let c = vectors; c < line; c += 4) squares += (load<f32>(source + c) - mean) * (load<f32>(source + c) - mean);
    const inverse = <f32>1 / sqrt<f32>(squares / <f32>width + epsilon);
    store<f32>(means + ((<usize>row) << 2), mean);
    store<f32>(inverses + ((<usize>row) << 2), inverse);
    const scale = f32x4.splat(inverse);
    for (let c = 0; c < vectors; c += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(source + c), centre), scale);
      v128.store(target + c, f32x4.add(f32x4.mul(normal, v128.load(gamma + c)), v128.load(beta + c)));
    }
    for (let c = vectors; c < line; c += 4)
      store<f32>(target + c, (load<f32>(source + c) - mean) * inverse * load<f32>(gamma + c) + load<f32>(beta + c));
  }
}

/**
 * Its gradient, for blocks `from` to `to` of `block` rows each. `sums` gets two lines for each block: the totals of dy · normal and of dy, down
 * the columns, to be added up in double precision.
 */
export function layerNormGrad(
  from: i32,
  to: i32,
  dy: usize,
  x: usize,
  rows: i32,
  width: i32,
  block: i32,
  gamma: usize,
  means: usize,
  inverses: usize,
  dx: usize,
  sums: usize,
): void {
  const line = width << 2;
  const vectors = line & ~15;
  for (let unit = from; unit < to; unit++) {
    const along = sums + <usize>unit * (line << 1);
    const plain = along + line;
    memory.fill(along, 0, line << 1);
    const end = min(rows, (unit + 1) * block);
    for (let row = unit * block; row < end; row++) {
      const at = <usize>row * line;
      const mean = load<f32>(means + ((<usize>row) << 2));
      const inverse = load<f32>(inverses + ((<usize>row) << 2));
      const centre = f32x4.splat(mean);
      const scale = f32x4.splat(inverse);
      let levels = f32x4.splat(0);
      let projections = levels;
      for (let c = 0; c < vectors; c += 16) {
        const d = v128.load(dy + at + c);
        const normal = f32x4.mul(f32x4.sub(v128.load(x + at + c), centre), scale);
        const across = f32x4.mul(d, normal);
        v128.store(along + c, f32x4.add(v128.load(along + c), across));
        v128.store(plain + c, f32x4.add(v128.load(plain + c), d));
        const weight = v128.load(gamma + c);
        levels = f32x4.add(levels, f32x4.mul(d, weight));
        projections = f32x4.add(projections, f32x4.mul(across, weight));
      }
      let level = sumOf(levels);
      let projection = sumOf(projections);
      for (let c = vectors; c < line; c += 4) {
        const d = load<f32>(dy + at + c);
        const across = d * (load<f32>(x + at + c) - mean) * inverse;
        store<f32>(along + c, load<f32>(along + c) + across);
        store<f32>(plain + c, load<f32>(plain + c) + d);
        level += d * load<f32>(gamma + c);
        projection += across * load<f32>(gamma + c);
      }
      level /= <f32>width;
      projection /= <f32>width;
      for (let c = 0; c < vectors; c += 16) {
        const normal = f32x4.mul(f32x4.sub(v128.load(x + at + c), centre), scale);
        const slope = f32x4.mul(v128.load(dy + at + c), v128.load(gamma + c));
        const rest = f32x4.sub(f32x4.sub(slope, f32x4.splat(level)), f32x4.mul(normal, f32x4.splat(projection)));
        v128.store(dx + at + c, f32x4.mul(rest, scale));
      }
      for (let c = vectors; c < line; c += 4) {
        const normal = (load<f32>(x + at + c) - mean) * inverse;
        const slope = load<f32>(dy + at + c) * load<f32>(gamma + c);
        store<f32>(dx + at + c, (slope - level - normal * projection) * inverse);
      }
    }
  }
}

function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
