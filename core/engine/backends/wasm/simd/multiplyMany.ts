import { packPanels } from './pack';
import { productTile } from './tiles';

/**
 * Products of many small matrices: c[i] = a[i] · b[i], [m, k] by [k, n], for i in `from` to `to`. Strides in numbers, of a and b by row and
 * column, so that either may be transposed; `aItem` and `bItem` from matrix to matrix, 0 where all share one. `scratch` has
 * room for `room` bytes for each `step` products.
 */
export function multiplyMany(
  from: i32,
  to: i32,
  step: i32,
  a: usize,
  aItem: i32,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bItem: i32,
  bRow: i32,
  bColumn: i32,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  scratch: usize,
  room: i32,
): void {
  const own = scratch + <usize>(from / step) * room;
  const noTap = own;
  store<i32>(noTap, 0);
  const rows = own + 16;
  const targets = rows + 16;
  const packed = targets + 16;
  const panels = (n + 7) >> 3;
  const lines = packed + ((<usize>panels * k) << 5);
  for (let item = from; item < to; item++) {
    let ai = a + ((<usize>item * aItem) << 2);
    if (item === from || bItem !== 0)
      packPanels(0, panels, b + ((<usize>item * bItem) << 2), noTap, 1, k, n, 0, bRow, bColumn, packed);
    let lineBytes = aRow << 2;
    if (aColumn !== 1) {
      for (let i = 0, at = lines; i < m; i++)
        for (let j = 0; j < k; j++, at += 4)
          store<f32>(at, load<f32>(ai + ((<usize>i * aRow + <usize>j * aColumn) << 2)));
      ai = lines;
      lineBytes = k << 2;
    }
    const ci = c + ((<usize>item * m * n) << 2);
    for (let row = 0; row < m; row += 4) {
      for (let lane = 0; lane < 4; lane++) {
        const at = min(row + lane, m - 1);
        store<usize>(rows + (lane << 2), ai + <usize>at * lineBytes);
        store<usize>(targets + (lane << 2), ci + ((<usize>at * n) << 2));
      }
      for (let panel = 0; panel < panels; panel++) {
        productTile(rows, 1, k, packed + ((<usize>panel * k) << 5), targets, min(8, n - (panel << 3)));
        for (let lane = 0; lane < 16; lane += 4) store<usize>(targets + lane, load<usize>(targets + lane) + 32);
      }
    }
  }
}
