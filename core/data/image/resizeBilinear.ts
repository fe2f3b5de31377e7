/**
 * Resizes one image (row by row, channels last) with bilinear interpolation and half-pixel centres: the convention of
 * `tf.image.resize` in TensorFlow 2, without antialiasing.
 */
export function resizeBilinear(
  pixels: ArrayLike<number>,
  from: { readonly height: number; readonly width: number; readonly channels: number },
  height: number,
  width: number,
): Float32Array {
  const { channels } = from;
  const out = new Float32Array(height * width * channels);
  const at = (y: number, x: number, c: number): number => pixels[(y * from.width + x) * channels + c] ?? 0;
  for (let y = 0; y < height; y++) {
    const [y0, y1, dy] = neighbours(y, height, from.height);
    for (let x = 0; x < width; x++) {
      const [x0, x1, dx] = neighbours(x, width, from.width);
      for (let c = 0; c < channels; c++) {
        const top = at(y0, x0, c) * (1 - dx) + at(y0, x1, c) * dx;
        const bottom = at(y1, x0, c) * (1 - dx) + at(y1, x1, c) * dx;
        out[(y * width + x) * channels + c] = top * (1 - dy) + bottom * dy;
      }
    }
  }
  return out;
}

function neighbours(i: number, to: number, from: number): [number, number, number] {
  const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
  const low = Math.floor(position);
  return [low, Math.min(low + 1, from - 1), position - low];
}
