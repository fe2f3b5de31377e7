import { sigmoid4, tanh4 } from './functions';
import { productTile } from './tiles';

/**
 * An LSTM over a whole sequence, for samples `from` to `to` of the batch: they do not depend on one another, so each thread takes some of
 * them through all time steps. `units` is a multiple of 4.
 *
 * `gates` [time, batch, 4 · units] comes with the inputs' part of the sums and leaves with the gates input, forget, cell and output;
 * `recurrent` is packed; `scratch` has room for `room` bytes for each `step` samples.
 */
export function lstm(
  from: i32,
  to: i32,
  step: i32,
  time: i32,
  batch: i32,
  units: i32,
  gates: usize,
  recurrent: usize,
  bias: usize,
  h: usize,
  cells: usize,
  scratch: usize,
  room: i32,
): void {
  const line = units << 2;
  const gateLine = line << 2;
  const tables = scratch + <usize>(from / step) * room;
  const sums = tables + ((<usize>(step + 3) >> 2) << 5);
  const count = to - from;
  memory.fill(sums, 0, <usize>count * gateLine);
  for (let t = 0; t < time; t++) {
    const now = <usize>t * batch + from;
    const before = now - batch;
    if (t > 0) multiplyRows(h + before * line, line, units, recurrent, units << 2, sums, gateLine, count, tables);
    for (let row = 0; row < count; row++) {
      const z = gates + (now + row) * gateLine;
      const s = sums + <usize>row * gateLine;
      const at = (now + row) * line;
      for (let u = 0; u < line; u += 16) {
        const i = sigmoid4(sum3(z, s, bias, u));
        const f = sigmoid4(sum3(z, s, bias, u + line));
        const g = tanh4(sum3(z, s, bias, u + 2 * line));
        const o = sigmoid4(sum3(z, s, bias, u + 3 * line));
        let cell = f32x4.mul(i, g);
        if (t > 0) cell = f32x4.add(f32x4.mul(f, v128.load(cells + (before + row) * line + u)), cell);
        v128.store(z + u, i);
        v128.store(z + u + line, f);
        v128.store(z + u + 2 * line, g);
        v128.store(z + u + 3 * line, o);
        v128.store(cells + at + u, cell);
        v128.store(h + at + u, f32x4.mul(o, tanh4(cell)));
      }
    }
  }
}

function sum3(a: usize, b: usize, c: usize, at: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(a + at), v128.load(b + at)), v128.load(c + at));
}

/**
 * The slopes of the sums [time, batch, 4 · units] from those of the outputs, backwards in time. `turned` is the recurrent kernel
 * transposed and packed. The rest of the gradient follows by matrix products over all steps at once.
 */
export function lstmGrad(
  from: i32,
  to: i32,
  step: i32,
  time: i32,
  batch: i32,
  units: i32,
  dh: usize,
  gates: usize,
  turned: usize,
  cells: usize,
  slopes: usize,
  scratch: usize,
  room: i32,
): void {
  const line = units << 2;
  const gateLine = line << 2;
  const one = f32x4.splat(1);
  const count = to - from;
  const tables = scratch + <usize>(from / step) * room;
  /** What comes from the step after: the slopes of the output and of the cell. */
  const later = tables + ((<usize>(step + 3) >> 2) << 5);
  const laterCell = later + <usize>count * line;
  memory.fill(later, 0, <usize>count * line * 2);
  for (let t = time - 1; t >= 0; t--) {
    const now = <usize>t * batch + from;
    for (let row = 0; row < count; row++) {
      const at = (now + row) * line;
      const z = gates + (now + row) * gateLine;
      const dz = slopes + (now + row) * gateLine;
      const own = <usize>row * line;
      for (let u = 0; u < line; u += 16) {
        const i = v128.load(z + u);
        const f = v128.load(z + u + line);
        const g = v128.load(z + u + 2 * line);
        const o = v128.load(z + u + 3 * line);
        const cell = tanh4(v128.load(cells + at + u));
        const d = f32x4.add(v128.load(dh + at + u), v128.load(later + own + u));
        const through = f32x4.mul(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(cell, cell)));
        const dc = f32x4.add(v128.load(laterCell + own + u), through);
        const before = t > 0 ? v128.load(cells + at - <usize>batch * line + u) : f32x4.splat(0);
        v128.store(dz + u, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))));
        v128.store(dz + u + line, f32x4.mul(f32x4.mul(dc, before), f32x4.mul(f, f32x4.sub(one, f))));
        v128.store(dz + u + 2 * line, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))));
        v128.store(dz + u + 3 * line, f32x4.mul(f32x4.mul(d, cell), f32x4.mul(o, f32x4.sub(one, o))));
        v128.store(laterCell + own + u, f32x4.mul(dc, f));
      }
    }
    if (t > 0) multiplyRows(slopes + now * gateLine, gateLine, units << 2, turned, units, later, line, count, tables);
  }
}

/** `count` lines of a [.., depth] times packed panels, into lines of `target`. `tables` has room for 32 bytes for every four lines. */
function multiplyRows(
  a: usize,
  aLine: i32,
  depth: i32,
  packed: usize,
  columns: i32,
  target: usize,
  targetLine: i32,
  count: i32,
  tables: usize,
): void {
  for (let row = 0; row < count; row += 4)
    for (let lane = 0; lane < 4; lane++) {
      const at = <usize>min(row + lane, count - 1);
      const slot = tables + ((<usize>row) << 3) + (lane << 2);
      store<usize>(slot, a + at * aLine);
      store<usize>(slot, target + at * targetLine, 16);
    }
  const panels = (columns + 7) >> 3;
  for (let panel = 0; panel < panels; panel++)
    for (let row = 0, table = tables; row < count; row += 4, table += 32) {
      productTile(table, 1, depth, packed + ((<usize>panel * depth) << 5), table + 16, min(8, columns - (panel << 3)));
      for (let lane = 0; lane < 16; lane += 4) store<usize>(table + lane, load<usize>(table + lane, 16) + 32, 16);
    }
}
