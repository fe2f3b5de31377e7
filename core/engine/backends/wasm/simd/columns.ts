/**
 * Sums down the columns of a matrix [rows, columns], in blocks of `block` rows: `sums` gets a line for each block, to be added up in double
 * precision. Blocks `from` to `to`. Each goes over 16 columns at a time, so that the sums stay in registers.
 */
export function columnSums(from: i32, to: i32, x: usize, rows: i32, columns: i32, block: i32, sums: usize): void {
  const line = columns << 2;
  for (let unit = from; unit < to; unit++) {
    const first = unit * block;
    const count = min(block, rows - first);
    const start = x + <usize>first * line;
    const target = sums + <usize>unit * line;
    let c = 0;
    for (; c + 64 <= line; c += 64) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let r = 0, at = start + c; r < count; r++, at += line) {
        s0 = f32x4.add(s0, v128.load(at));
        s1 = f32x4.add(s1, v128.load(at, 16));
        s2 = f32x4.add(s2, v128.load(at, 32));
        s3 = f32x4.add(s3, v128.load(at, 48));
      }
      v128.store(target + c, s0);
      v128.store(target + c, s1, 16);
      v128.store(target + c, s2, 32);
      v128.store(target + c, s3, 48);
    }
    for (; c + 16 <= line; c += 16) {
      let s = f32x4.splat(0);
      for (let r = 0, at = start + c; r < count; r++, at += line) s = f32x4.add(s, v128.load(at));
      v128.store(target + c, s);
    }
    for (; c < line; c += 4) {
      let s: f32 = 0;
      for (let r = 0, at = start + c; r < count; r++, at += line) s += load<f32>(at);
      store<f32>(target + c, s);
    }
  }
}

/** As columnSums, of (x − mean)². */
export function columnSquares(
  from: i32,
  to: i32,
  x: usize,
  mean: usize,
  rows: i32,
  columns: i32,
  block: i32,
  sums: usize,
): void {
  const line = columns << 2;
  for (let unit = from; unit < to; unit++) {
    const first = unit * block;
    const count = min(block, rows - first);
    const start = x + <usize>first * line;
    const target = sums + <usize>unit * line;
    let c = 0;
    for (; c + 32 <= line; c += 32) {
      const m0 = v128.load(mean + c);
      const m1 = v128.load(mean + c, 16);
      let s0 = f32x4.splat(0);
      let s1 = s0;
      for (let r = 0, at = start + c; r < count; r++, at += line) {
        const d0 = f32x4.sub(v128.load(at), m0);
        const d1 = f32x4.sub(v128.load(at, 16), m1);
        s0 = f32x4.add(s0, f32x4.mul(d0, d0));
        s1 = f32x4.add(s1, f32x4.mul(d1, d1));
      }
      v128.store(target + c, s0);
      v128.store(target + c, s1, 16);
    }
    for (; c < line; c += 4) {
      const m = load<f32>(mean + c);
      let s: f32 = 0;
      for (let r = 0, at = start + c; r < count; r++, at += line) {
        const d = load<f32>(at) - m;
        s += d * d;
      }
      store<f32>(target + c, s);
    }
  }
}

/** As columnSums, of dy in the first `columns` of each line of sums and of dy · (x − mean) in the second. */
export function columnSlopes(
  from: i32,
  to: i32,
  dy: usize,
  x: usize,
  mean: usize,
  rows: i32,
  columns: i32,
  block: i32,
  sums: usize,
): void {
  const line = columns << 2;
  for (let unit = from; unit < to; unit++) {
    const first = unit * block;
    const count = min(block, rows - first);
    const start = <usize>first * line;
    const target = sums + <usize>unit * (line << 1);
    let c = 0;
    for (; c + 32 <= line; c += 32) {
      const m0 = v128.load(mean + c);
      const m1 = v128.load(mean + c, 16);
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let t0 = s0;
      let t1 = s0;
      for (let r = 0, at = start + c; r < count; r++, at += line) {
        const d0 = v128.load(dy + at);
        const d1 = v128.load(dy + at, 16);
        s0 = f32x4.add(s0, d0);
        s1 = f32x4.add(s1, d1);
        t0 = f32x4.add(t0, f32x4.mul(d0, f32x4.sub(v128.load(x + at), m0)));
        t1 = f32x4.add(t1, f32x4.mul(d1, f32x4.sub(v128.load(x + at, 16), m1)));
      }
      v128.store(target + c, s0);
      v128.store(target + c, s1, 16);
      v128.store(target + line + c, t0);
      v128.store(target + line + c, t1, 16);
    }
    for (; c < line; c += 4) {
      const m = load<f32>(mean + c);
      let s: f32 = 0;
      let t: f32 = 0;
      for (let r = 0, at = start + c; r < count; r++, at += line) {
        const d = load<f32>(dy + at);
        s += d;
        t += d * (load<f32>(x + at) - m);
      }
      store<f32>(target + c, s);
      store<f32>(target + line + c, t);
    }
  }
}

/** y = (x − mean) · factor + shift, column by column, for rows `from` to `to`. */
export function normalise(
  from: i32,
  to: i32,
  x: usize,
  columns: i32,
  mean: usize,
  factor: usize,
  shift: usize,
  y: usize,
): void {
  const line = columns << 2;
  const vectors = line & ~15;
  let at = <usize>from * line;
  for (let row = from; row < to; row++, at += line) {
    let c = 0;
    for (; c < vectors; c += 16) {
      const centred = f32x4.sub(v128.load(x + at + c), v128.load(mean + c));
      v128.store(y + at + c, f32x4.add(f32x4.mul(centred, v128.load(factor + c)), v128.load(shift + c)));
    }
    for (; c < line; c += 4)
      store<f32>(
        y + at + c,
        (load<f32>(x + at + c) - load<f32>(mean + c)) * load<f32>(factor + c) + load<f32>(shift + c),
      );
  }
}

/** dx = a · dy + b · (x − mean) + d, column by column, for rows `from` to `to`. */
export function normaliseGrad(
  from: i32,
  to: i32,
  dy: usize,
  x: usize,
  columns: i32,
  mean: usize,
  a: usize,
  b: usize,
  d: usize,
  dx: usize,
): void {
  const line = columns << 2;
  const vectors = line & ~15;
  let at = <usize>from * line;
  for (let row = from; row < to; row++, at += line) {
    let c = 0;
    for (; c < vectors; c += 16) {
      const along = f32x4.mul(v128.load(a + c), v128.load(dy + at + c));
      const centred = f32x4.sub(v128.load(x + at + c), v128.load(mean + c));
      v128.store(dx + at + c, f32x4.add(f32x4.add(along, f32x4.mul(v128.load(b + c), centred)), v128.load(d + c)));
    }
    for (; c < line; c += 4)
      store<f32>(
        dx + at + c,
        load<f32>(a + c) * load<f32>(dy + at + c) +
          load<f32>(b + c) * (load<f32>(x + at + c) - load<f32>(mean + c)) +
          load<f32>(d + c),
      );
  }
}
