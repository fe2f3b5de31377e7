/**
 * The two innermost loops of every matrix product and convolution: a tile of 4 rows and 8 columns held in eight vector registers. Eight
 * sums, two columns' worth of factors and a few spare ones are what sixteen registers hold; larger tiles spill and are slower.
 */

/** Writes the first `width` (1 to 8) of eight numbers. */
export function storeRow(at: usize, low: v128, high: v128, width: i32): void {
  if (width >= 8) {
    v128.store(at, low);
    v128.store(at, high, 16);
    return;
  }
  let rest = low;
  if (width >= 4) {
    v128.store(at, low);
    at += 16;
    width -= 4;
    rest = high;
  }
  if (width > 0) v128.store_lane<f32>(at, rest, 0);
  if (width > 1) v128.store_lane<f32>(at, rest, 1, 4);
  if (width > 2) v128.store_lane<f32>(at, rest, 2, 8);
}

/**
 * Four rows of a product. `rows` holds, for each tap, the addresses of four runs of `depth` numbers; `b` the factors packed as
 * [tap][depth][8]; `targets` the addresses of the four results, of which `width` numbers each are written.
 */
export function productTile(rows: usize, taps: i32, depth: i32, b: usize, targets: usize, width: i32): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  for (let tap = 0; tap < taps; tap++) {
    let a0 = load<usize>(rows);
    let a1 = load<usize>(rows, 4);
    let a2 = load<usize>(rows, 8);
    let a3 = load<usize>(rows, 12);
    rows += 16;
    for (let i = 0; i < depth; i++) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      s0 = f32x4.add(s0, f32x4.mul(x, b0));
      t0 = f32x4.add(t0, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a1);
      s1 = f32x4.add(s1, f32x4.mul(x, b0));
      t1 = f32x4.add(t1, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a2);
      s2 = f32x4.add(s2, f32x4.mul(x, b0));
      t2 = f32x4.add(t2, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a3);
      s3 = f32x4.add(s3, f32x4.mul(x, b0));
      t3 = f32x4.add(t3, f32x4.mul(x, b1));
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      b += 32;
    }
  }
  storeRow(load<usize>(targets), s0, t0, width);
  storeRow(load<usize>(targets, 4), s1, t1, width);
  storeRow(load<usize>(targets, 8), s2, t2, width);
  storeRow(load<usize>(targets, 12), s3, t3, width);
}

/**
 * Adds onto a tile of 4 rows and 8 columns the products of four numbers of `a` with eight of `b`, over `lines` lines of `steps` places
 * each. Strides in bytes: from place to place, and from the start of a line to the start of the next.
 */
export function outerTile(
  a: usize,
  aStep: i32,
  aLine: i32,
  b: usize,
  bStep: i32,
  bLine: i32,
  lines: i32,
  steps: i32,
  c: usize,
  cRow: i32,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s0 = v128.load(c);
  let t0 = v128.load(c, 16);
  let s1 = v128.load(c1);
  let t1 = v128.load(c1, 16);
  let s2 = v128.load(c2);
  let t2 = v128.load(c2, 16);
  let s3 = v128.load(c3);
  let t3 = v128.load(c3, 16);
  for (let line = 0; line < lines; line++) {
    let pa = a;
    let pb = b;
    for (let i = 0; i < steps; i++) {
      const b0 = v128.load(pb);
      const b1 = v128.load(pb, 16);
      let x = v128.load_splat<f32>(pa);
      s0 = f32x4.add(s0, f32x4.mul(x, b0));
      t0 = f32x4.add(t0, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(pa, 4);
      s1 = f32x4.add(s1, f32x4.mul(x, b0));
      t1 = f32x4.add(t1, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(pa, 8);
      s2 = f32x4.add(s2, f32x4.mul(x, b0));
      t2 = f32x4.add(t2, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(pa, 12);
      s3 = f32x4.add(s3, f32x4.mul(x, b0));
      t3 = f32x4.add(t3, f32x4.mul(x, b1));
      pa += aStep;
      pb += bStep;
    }
    a += aLine;
    b += bLine;
  }
  v128.store(c, s0);
  v128.store(c, t0, 16);
  v128.store(c1, s1);
  v128.store(c1, t1, 16);
  v128.store(c2, s2);
  v128.store(c2, t2, 16);
  v128.store(c3, s3);
  v128.store(c3, t3, 16);
}
