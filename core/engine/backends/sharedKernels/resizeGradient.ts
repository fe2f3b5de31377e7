export interface ResizeAttrs {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Which two source positions each output position mixes, and the share of the second. */
interface Mix {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float32Array;
}

/**
 * Adds the gradient of a 2-D resize to `dx` (zeroed by the caller): the exact transpose of the forward pass. The stock kernels do not
 * know half-pixel centres, and those of wasm swap height and width.
 *
 * @param dy gradient of the output, [batch, newHeight, newWidth, channels]
 * @param inShape [batch, height, width, channels]
 */
export function resizeGradient(
  method: 'bilinear' | 'nearest',
  dy: Float32Array,
  outShape: readonly number[],
  inShape: readonly number[],
  attrs: ResizeAttrs,
  dx: Float32Array,
): void {
  const [batch = 1, height = 1, width = 1, channels = 1] = inShape;
  const [, newHeight = 1, newWidth = 1] = outShape;
  const rows = mixes(method, height, newHeight, attrs);
  const columns = mixes(method, width, newWidth, attrs);
  let at = 0;
  const add = (n: number, row: number, column: number, weight: number): void => {
    if (weight === 0) return;
    const to = ((n * height + row) * width + column) * channels;
    for (let c = 0; c < channels; c++) dx[to + c] = (dx[to + c] as number) + weight * (dy[at + c] as number);
  };
  for (let n = 0; n < batch; n++)
    for (let r = 0; r < newHeight; r++)
      for (let q = 0; q < newWidth; q++, at += channels) {
        const [top, bottom, down] = [rows.low[r] as number, rows.high[r] as number, rows.share[r] as number];
        const [left, right, across] = [columns.low[q] as number, columns.high[q] as number, columns.share[q] as number];
        add(n, top, left, (1 - down) * (1 - across));
        add(n, top, right, (1 - down) * across);
        add(n, bottom, left, down * (1 - across));
        add(n, bottom, right, down * across);
      }
}

function mixes(method: 'bilinear' | 'nearest', size: number, newSize: number, attrs: ResizeAttrs): Mix {
  const inner = attrs.alignCorners && newSize > 1 ? 1 : 0;
  const ratio = (size - inner) / (newSize - inner);
  const low = new Int32Array(newSize);
  const high = new Int32Array(newSize);
  const share = new Float32Array(newSize);
  for (let i = 0; i < newSize; i++) {
    if (method === 'nearest') {
      const position = attrs.halfPixelCenters ? ratio * (i + 0.5) : ratio * i;
      const nearest = attrs.alignCorners ? Math.round(position) : Math.floor(position);
      low[i] = high[i] = Math.max(0, Math.min(size - 1, nearest));
      continue;
    }
    const position = attrs.halfPixelCenters ? ratio * (i + 0.5) - 0.5 : ratio * i;
    const floor = Math.max(0, Math.floor(position));
    low[i] = floor;
    high[i] = Math.max(0, Math.min(size - 1, Math.ceil(position)));
    share[i] = position - floor;
  }
  return { low, high, share };
}
