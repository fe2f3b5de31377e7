import { type PointerEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { pixelValues } from '../../../core/data/index.ts';
import type { SampleImage } from '../../ui/sample/index.ts';

/** Side of the pad's bitmap. A multiple of 8 and near 28: small pictures come out without seams. */
export const PAD_SIZE = 224;

export interface DrawingPadHandle {
  clear(): void;
  show(image: SampleImage): void;
}

export interface DrawingPadProps {
  readonly ref: Ref<DrawingPadHandle>;
  /** Stroke width as a share of the pad: about one and a half of the network's pixels. */
  readonly stroke: number;
  readonly onDraw: (values: Float32Array) => void;
}

/** A square to draw on, white on black as the pictures are. Reports its values 0..1, row by row, while one draws. */
export function DrawingPad({ ref, stroke, onDraw }: DrawingPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | null>(null);
  const context = () => canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null;

  const report = (): void => {
    const data = context()?.getImageData(0, 0, PAD_SIZE, PAD_SIZE).data;
    if (data) onDraw(Float32Array.from({ length: PAD_SIZE * PAD_SIZE }, (_, i) => (data[i * 4] ?? 0) / 255));
  };
  const blacken = (): void => {
    const brush = context();
    if (!brush) return;
    brush.fillStyle = '#000';
    brush.fillRect(0, 0, PAD_SIZE, PAD_SIZE);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the canvas is there
  useEffect(blacken, []);
  useImperativeHandle(ref, () => ({
    clear: blacken,
    show: (image) => {
      blacken();
      const brush = context();
      if (!brush) return;
      const { height, width, channels } = image;
      const pixels = pixelValues(image);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const grey = Math.round((pixels[(y * width + x) * channels] ?? 0) * 255);
          brush.fillStyle = `rgb(${grey} ${grey} ${grey})`;
          const left = Math.floor((x * PAD_SIZE) / width);
          const top = Math.floor((y * PAD_SIZE) / height);
          brush.fillRect(left, top, Math.ceil(PAD_SIZE / width), Math.ceil(PAD_SIZE / height));
        }
      }
      report();
    },
  }));

  const draw = (event: PointerEvent<HTMLCanvasElement>, starting: boolean): void => {
    if (event.buttons !== 1 && !starting) return;
    const brush = context();
    const element = canvas.current;
    if (!brush || !element) return;
    const box = element.getBoundingClientRect();
    const at = (p: { clientX: number; clientY: number }) =>
      [((p.clientX - box.left) / box.width) * PAD_SIZE, ((p.clientY - box.top) / box.height) * PAD_SIZE] as const;
    brush.strokeStyle = '#fff';
    brush.lineWidth = stroke * PAD_SIZE;
    brush.lineCap = 'round';
    brush.lineJoin = 'round';
    const native = event.nativeEvent;
    const moves = native.getCoalescedEvents?.() ?? [];
    for (const move of moves.length > 0 ? moves : [native]) {
      const point = at(move);
      const from = starting ? point : (last.current ?? point);
      brush.beginPath();
      brush.moveTo(from[0], from[1]);
      // A dot needs some length to be drawn.
      brush.lineTo(point[0] + 0.01, point[1]);
      brush.stroke();
      last.current = point;
    }
    report();
  };

  return (
    <canvas
      ref={canvas}
      className="drawing-pad"
      width={PAD_SIZE}
      height={PAD_SIZE}
      role="img"
      aria-label="Drawing pad: draw with the mouse, a finger or a pen"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        draw(event, true);
      }}
      onPointerMove={(event) => draw(event, false)}
      onPointerUp={() => {
        last.current = null;
      }}
    />
  );
}
