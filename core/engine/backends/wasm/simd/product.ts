import { firstInside, listAddresses } from './grid';
import { outerTile, productTile, storeRow } from './tiles';

/**
 * A convolution, as a product of patches that are never laid out with packed weights. Rows are the places of a grid (grid.ts); a plain
 * product is the case of one tap on a grid of one line. Rows `from` to `to`; `step` is how many a call gets.
 */
export function convolve(
  from: i32,
  to: i32,
  step: i32,
  shape: usize,
  source: usize,
  packed: usize,
  out: usize,
  tables: usize,
): void {
  const columns = load<i32>(shape, 28);
  const taps = load<i32>(shape, 32);
  const depth = load<i32>(shape, 52);
  const tableBytes = <usize>taps * 16 + 16;
  const table = tables + <usize>(from / step) * ((step + 3) >> 2) * tableBytes;
  listAddresses(from, to, shape, source, out, table);
  const panelBytes = (<usize>taps * depth) << 5;
  const panels = (columns + 7) >> 3;
  for (let panel = 0; panel < panels; panel++) {
    const b = packed + <usize>panel * panelBytes;
    const used = min(8, columns - panel * 8);
    let addresses = table;
    for (let row = from; row < to; row += 4, addresses += tableBytes) {
      const targets = addresses + ((<usize>taps) << 4);
      productTile(addresses, taps, depth, b, targets, used);
      // Ready for the next panel.
      for (let lane = 0; lane < 16; lane += 4) store<usize>(targets + lane, load<usize>(targets + lane) + 32);
    }
  }
}

/**
 * The gradient of a convolution's weights: adds onto dw[tap][c][f] the products of source places with the slopes at the places of the
 * grid that see them. Units `from` to `to` are groups of four source channels, tap by tap. `channels` is a multiple of 4 and `filters` of
 * 8, padded where the data are not. Goes over the pictures in blocks of lines that fit the innermost cache.
 */
export function correlate(from: i32, to: i32, shape: usize, source: usize, slopes: usize, dw: usize): void {
  const images = load<i32>(shape);
  const gridHeight = load<i32>(shape, 4);
  const gridWidth = load<i32>(shape, 8);
  const strideY = load<i32>(shape, 12);
  const strideX = load<i32>(shape, 16);
  const height = load<i32>(shape, 20);
  const width = load<i32>(shape, 24);
  const channels = load<i32>(shape, 28);
  const filters = load<i32>(shape, 32);
  const block = load<i32>(shape, 36);
  const offsets = shape + 40;

  const groups = channels >> 2;
  const rowBytes = filters << 2;
  const placeBytes = channels << 2;
  const lineBytes = width * placeBytes;
  const slopeLine = gridWidth * rowBytes;
  for (let image = 0; image < images; image++)
    for (let top = 0; top < gridHeight; top += block) {
      const bottom = min(gridHeight, top + block);
      for (let unit = from; unit < to; unit++) {
        const tap = unit / groups;
        const dy = load<i32>(offsets + ((<usize>tap) << 3));
        const dx = load<i32>(offsets + ((<usize>tap) << 3), 4);
        // Lines and places of the grid whose source place lies inside the picture.
        const y0 = max(top, firstInside(dy, strideY));
        const y1 = min(bottom, firstInside(dy - height, strideY));
        const x0 = firstInside(dx, strideX);
        const x1 = min(gridWidth, firstInside(dx - width, strideX));
        if (y0 >= y1 || x0 >= x1) continue;
        const a =
          source +
          (<usize>image * height + y0 * strideY + dy) * lineBytes +
          (x0 * strideX + dx) * placeBytes +
          ((<usize>(unit - tap * groups)) << 4);
        const b = slopes + (<usize>image * gridHeight + y0) * slopeLine + x0 * rowBytes;
        const c = dw + ((<usize>unit) << 2) * rowBytes;
        for (let f = 0; f < rowBytes; f += 32)
          outerTile(
            a,
            strideX * placeBytes,
            strideY * lineBytes,
            b + f,
            rowBytes,
            slopeLine,
            y1 - y0,
            x1 - x0,
            c + f,
            rowBytes,
          );
      }
    }
}

/**
 * c = aᵀ · b for a [k, m] and b packed as panels [panel][k][8]. Units `from` to `to` are groups of four columns of a; `scratch` has room for
 * 4 · k + 32 numbers for each group, `columns` of b are written.
 */
export function productTransposed(
  from: i32,
  to: i32,
  a: usize,
  m: i32,
  k: i32,
  packed: usize,
  columns: i32,
  scratch: usize,
  c: usize,
): void {
  const cRow = columns << 2;
  for (let group = from; group < to; group++) {
    const copy = scratch + <usize>group * (((<usize>k) << 4) + 128);
    const tile = copy + ((<usize>k) << 4);
    const first = group << 2;
    const rows = min(4, m - first);
    let at = a + ((<usize>first) << 2);
    for (let i = 0, to4 = copy; i < k; i++, at += m << 2, to4 += 16)
      if (rows === 4) v128.store(to4, v128.load(at));
      else for (let r = 0; r < 4; r++) store<f32>(to4 + (r << 2), r < rows ? load<f32>(at + (r << 2)) : 0);
    for (let panel = 0; panel << 3 < columns; panel++) {
      memory.fill(tile, 0, 128);
      outerTile(copy, 16, 0, packed + ((<usize>panel * k) << 5), 32, 0, 1, k, tile, 32);
      const width = min(8, columns - (panel << 3));
      const target = c + <usize>first * cRow + ((<usize>panel) << 5);
      for (let r = 0; r < rows; r++)
        storeRow(target + <usize>r * cRow, v128.load(tile + (r << 5)), v128.load(tile + (r << 5), 16), width);
    }
  }
}
