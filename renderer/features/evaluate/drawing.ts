import { pixelValues } from '../../../core/data/index.ts';
import type { SampleImage } from '../../ui/sample/index.ts';

/**
 * Averages a square drawing (`size`×`size` values, 0..1, row by row) down to a picture of the network's size: each pixel takes the
 * share of the area it covers, as ink on paper would. The same value goes into every channel.
 */
export function downscale(
  drawing: Float32Array | readonly number[],
  size: number,
  height: number,
  width: number,
  channels: number,
): SampleImage {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const top = Math.floor((y * size) / height);
      const bottom = Math.max(top + 1, Math.floor(((y + 1) * size) / height));
      const left = Math.floor((x * size) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * size) / width));
      let sum = 0;
      for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += drawing[v * size + u] ?? 0;
      const mean = sum / ((bottom - top) * (right - left));
      for (let c = 0; c < channels; c++) pixels.push(mean);
    }
  }
  return { height, width, channels, pixels };
}

/** Pixels 0..1 as the source's own numbers, 0..`maximum`: what `predict` takes. */
export function toSourceRange(image: SampleImage, maximum: number): number[] {
  return pixelValues(image).map((value) => value * maximum);
}

/** What each class got: two bars for a single yes-or-no output. */
export function classShares(output: readonly number[], classes: readonly string[]): { name: string; share: number }[] {
  const [only] = output;
  const shares = output.length === 1 && only !== undefined && classes.length === 2 ? [1 - only, only] : output;
  return classes.map((name, i) => ({ name, share: shares[i] ?? 0 }));
}
