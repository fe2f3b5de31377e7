import { useEffect, useRef } from 'react';
import { type SampleImage, toRgba } from './pixels.ts';
import './sample.css';

export interface SamplePictureProps {
  /** Null while it loads: the place is kept. */
  readonly image: SampleImage | null;
  /** Longer side in pixels on screen, at the usual size of text. */
  readonly size: number;
  /** Read out in the picture's place. */
  readonly label: string;
}

/** An image sample at its own resolution, scaled without smoothing so that its pixels can be told. */
export function SamplePicture({ image, size, label }: SamplePictureProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context || !image) return;
    context.putImageData(new ImageData(toRgba(image), image.width, image.height), 0, 0);
  }, [image]);
  const scale = image ? size / Math.max(image.width, image.height) : 1;
  const side = (pixels: number | undefined) => `${(pixels === undefined ? size : pixels * scale) / 16}rem`;
  return (
    <canvas
      ref={ref}
      className="sample-picture"
      role="img"
      aria-label={label}
      width={image?.width ?? 1}
      height={image?.height ?? 1}
      style={{ width: side(image?.width), height: side(image?.height) }}
    />
  );
}
