export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3' | 'lanczos5';

/** Filter half-widths in input pixels and their values at a distance; as tf.image.resize without antialiasing, which Keras uses. */
const FILTERS: { readonly [I in Exclude<Interpolation, 'nearest'>]: readonly [radius: number, (d: number) => number] } =
  {
    bilinear: [1, (d) => Math.max(0, 1 - d)],
    bicubic: [2, keysCubic],
    lanczos3: [3, (d) => sinc(d) * sinc(d / 3)],
    lanczos5: [5, (d) => sinc(d) * sinc(d / 5)],
  };

/**
 * The matrix [n · size, n] that upsamples a line of n values by a whole factor: half-pixel centres, weights beyond the border
 * dropped or (bilinear) moved to the border pixel, each row summing to 1.
 */
export function interpolationMatrix(n: number, size: number, method: Interpolation): Float32Array {
  const matrix = new Float32Array(n * size * n);
  for (let row = 0; row < n * size; row++) {
    const at = row * n;
    if (method === 'nearest') {
      matrix[at + Math.floor(row / size)] = 1;
      continue;
    }
    const [radius, weight] = FILTERS[method];
    const centre = (row + 0.5) / size - 0.5;
    const taps: [number, number][] = [];
    for (let i = Math.ceil(centre - radius); i <= centre + radius; i++) {
      // Bilinear repeats the border; the wider filters leave out what lies beyond it.
      const source = method === 'bilinear' ? Math.min(n - 1, Math.max(0, i)) : i;
      if (source >= 0 && source < n) taps.push([source, weight(Math.abs(i - centre))]);
    }
    const total = taps.reduce((sum, [, w]) => sum + w, 0);
    for (const [i, w] of taps) matrix[at + i] = (matrix[at + i] ?? 0) + w / total;
  }
  return matrix;
}

/** Keys 1981 with a = −0.5. */
function keysCubic(d: number): number {
  if (d >= 2) return 0;
  return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
