import { pixelValues, type Sample } from '../../../core/data/index.ts';

export type SampleImage = NonNullable<Sample['image']>;

/**
 * RGBA bytes of an image sample: one channel as grey (0 black, 1 white), three as colour, four with alpha; of any other number the
 * first channel. Values are clipped to 0..1.
 */
export function toRgba(image: SampleImage): Uint8ClampedArray<ArrayBuffer> {
  const { height, width, channels } = image;
  const pixels = pixelValues(image);
  const bytes = new Uint8ClampedArray(height * width * 4);
  const colour = channels === 3 || channels === 4;
  for (let i = 0; i < height * width; i++) {
    for (let c = 0; c < 3; c++) bytes[i * 4 + c] = Math.round((pixels[i * channels + (colour ? c : 0)] ?? 0) * 255);
    bytes[i * 4 + 3] = channels === 4 ? Math.round((pixels[i * channels + 3] ?? 1) * 255) : 255;
  }
  return bytes;
}
