import { firstInside, listAddresses } from './grid';

/**
 * A depthwise convolution: each channel with its own weights [tap][channel]. As `convolve` (product.ts), for rows `from` to `to` of a grid,
 * four places at a time.
 */
export function depthwise(
  from: i32,
  to: i32,
  step: i32,
  shape: usize,
  source: usize,
  weights: usize,
  out: usize,
  tables: usize,
): void {
  const line = load<i32>(shape, 24) << 2;
  const vectors = line & ~15;
  const taps = load<i32>(shape, 32);
  const tableBytes = <usize>taps * 16 + 16;
  let table = tables + <usize>(from / step) * ((step + 3) >> 2) * tableBytes;
  listAddresses(from, to, shape, source, out, table);
  for (let row = from; row < to; row += 4, table += tableBytes) {
    const targets = table + ((<usize>taps) << 4);
    for (let c = 0; c < vectors; c += 16) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let slot = table;
      for (let w = weights + c; slot < targets; slot += 16, w += line) {
        const weight = v128.load(w);
        s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(load<usize>(slot) + c)));
        s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(load<usize>(slot, 4) + c)));
        s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(load<usize>(slot, 8) + c)));
        s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(load<usize>(slot, 12) + c)));
      }
      v128.store(load<usize>(targets) + c, s0);
      v128.store(load<usize>(targets, 4) + c, s1);
      v128.store(load<usize>(targets, 8) + c, s2);
      v128.store(load<usize>(targets, 12) + c, s3);
    }
    for (let c = vectors; c < line; c += 4)
      for (let lane = 0; lane < 16; lane += 4) {
        let sum: f32 = 0;
        for (let slot = table + lane, w = weights + c; slot < targets; slot += 16, w += line)
          sum += load<f32>(w) * load<f32>(load<usize>(slot) + c);
        store<f32>(load<usize>(targets + lane) + c, sum);
      }
  }
}

/**
 * The gradient of its weights, for blocks `from` to `to` of `block` pictures: each block writes its own dw[tap][channel], to be added up. `shape`
 * points at the sizes, as for `correlate` (product.ts) up to the number of channels; then the number of taps and their offsets.
 */
export function depthwiseFilter(
  from: i32,
  to: i32,
  shape: usize,
  block: i32,
  source: usize,
  slopes: usize,
  sums: usize,
): void {
  const images = load<i32>(shape);
  const gridHeight = load<i32>(shape, 4);
  const gridWidth = load<i32>(shape, 8);
  const strideY = load<i32>(shape, 12);
  const strideX = load<i32>(shape, 16);
  const height = load<i32>(shape, 20);
  const width = load<i32>(shape, 24);
  const channels = load<i32>(shape, 28);
  const taps = load<i32>(shape, 32);
  const place = channels << 2;
  for (let unit = from; unit < to; unit++) {
    const dw = sums + <usize>unit * taps * place;
    memory.fill(dw, 0, <usize>taps * place);
    const end = min(images, (unit + 1) * block);
    for (let image = unit * block; image < end; image++)
      for (let gy = 0; gy < gridHeight; gy++)
        for (let tap = 0; tap < taps; tap++) {
          const y = gy * strideY + load<i32>(shape + ((<usize>tap) << 3), 36);
          const dx = load<i32>(shape + ((<usize>tap) << 3), 40);
          const x0 = firstInside(dx, strideX);
          const x1 = min(gridWidth, firstInside(dx - width, strideX));
          if (<u32>y >= <u32>height || x0 >= x1) continue;
          const a = source + ((<usize>image * height + y) * width + x0 * strideX + dx) * place;
          const b = slopes + ((<usize>image * gridHeight + gy) * gridWidth + x0) * place;
          addProducts(a, strideX * place, b, place, x1 - x0, dw + <usize>tap * place);
        }
  }
}

/** Adds a · b, channel by channel, over `count` places onto one line of sums. */
function addProducts(a: usize, aStep: i32, b: usize, line: i32, count: i32, sums: usize): void {
  let c = 0;
  for (; c + 32 <= line; c += 32) {
    let s0 = v128.load(sums + c);
    let s1 = v128.load(sums + c, 16);
    for (let i = 0, pa = a + c, pb = b + c; i < count; i++, pa += aStep, pb += line) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(pa), v128.load(pb)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(pa, 16), v128.load(pb, 16)));
    }
    v128.store(sums + c, s0);
    v128.store(sums + c, s1, 16);
  }
  for (; c < line; c += 4) {
    let s = load<f32>(sums + c);
    for (let i = 0, pa = a + c, pb = b + c; i < count; i++, pa += aStep, pb += line) s += load<f32>(pa) * load<f32>(pb);
    store<f32>(sums + c, s);
  }
}
