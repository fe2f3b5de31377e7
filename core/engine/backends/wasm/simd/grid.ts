/**
 * Where the places of a grid [images, gridHeight, gridWidth] find what they need: for each tap, the source place (gy · stride + dy, gx ·
 * stride + dx) in pictures [height, width, depth], or zeros where that lies outside.
 *
 * Lists, for every four rows from `from` to `to`, four addresses for each tap and then four of results. `shape` points at: grid height and width,
 * strides, height, width, depth, columns, number of taps; the bytes between results from image to image, line to line and place to place;
 * the address of zeros; how many numbers a product takes at each tap; and dy, dx for each tap.
 */
export function listAddresses(from: i32, to: i32, shape: usize, source: usize, out: usize, table: usize): void {
  const gridHeight = load<i32>(shape);
  const gridWidth = load<i32>(shape, 4);
  const strideY = load<i32>(shape, 8);
  const strideX = load<i32>(shape, 12);
  const height = load<i32>(shape, 16);
  const width = load<i32>(shape, 20);
  const placeBytes = load<i32>(shape, 24) << 2;
  const taps = load<i32>(shape, 32);
  const outImage = load<i32>(shape, 36);
  const outLine = load<i32>(shape, 40);
  const outPlace = load<i32>(shape, 44);
  const zeros = load<usize>(shape, 48);
  const offsets = shape + 56;
  const tableBytes = <usize>taps * 16 + 16;
  const plane = gridHeight * gridWidth;
  const lineBytes = width * placeBytes;
  for (let row = from; row < to; row += 4, table += tableBytes)
    for (let lane = 0; lane < 4; lane++) {
      // Rows beyond the end repeat the last one.
      const at = min(row + lane, to - 1);
      const image = at / plane;
      const rest = at - image * plane;
      const gy = rest / gridWidth;
      const gx = rest - gy * gridWidth;
      const base = source + <usize>image * height * lineBytes;
      let slot = table + (lane << 2);
      for (let tap = 0; tap < taps; tap++, slot += 16) {
        const y = gy * strideY + load<i32>(offsets + ((<usize>tap) << 3));
        const x = gx * strideX + load<i32>(offsets + ((<usize>tap) << 3), 4);
        const inside = <u32>y < <u32>height && <u32>x < <u32>width;
        store<usize>(slot, inside ? base + y * lineBytes + x * placeBytes : zeros);
      }
      store<usize>(slot, out + <usize>image * outImage + gy * outLine + gx * outPlace);
    }
}

/** The smallest g ≥ 0 with g · stride + offset ≥ 0. */
export function firstInside(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}
