import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Simd } from '../simd.ts';
import { addressOf, allocate, type Info, withScratch } from './heap.ts';

/** Where a tap of a convolution looks, from the place that belongs to a result, and which of the weights' taps it uses. */
export interface Tap {
  readonly y: number;
  readonly x: number;
  readonly weights: number;
}

/**
 * The places of a grid and what they see of pictures [images, height, width, depth], as simd/grid.ts lists it. Strides of results in bytes.
 */
export interface Grid {
  readonly source: number;
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly columns: number;
  readonly grid: readonly [height: number, width: number];
  readonly strides: readonly [y: number, x: number];
  readonly taps: readonly Tap[];
  /** How many numbers a product takes at each tap, from there on; `depth` unless said otherwise. */
  readonly run?: number;
  readonly out: { readonly at: number; readonly image: number; readonly line: number; readonly place: number };
}

/** A convolution over a grid; strides of its weights in numbers. */
export interface Convolution extends Grid {
  readonly weights: { readonly at: number; readonly tap: number; readonly k: number; readonly j: number };
}

/** Some 50 µs of multiplying: worth waking another thread for. */
const UNIT = 1_000_000;

const up = (n: number, to: number) => Math.ceil(n / to) * to;

export function convolve(simd: Simd, backend: BackendWasm, given: Convolution): void {
  const { run: depth = given.depth, columns, taps, weights, out } = given;
  const room = taps.length * depth * Math.ceil(columns / 8) * 32;
  overGrid(simd, backend, given, taps.length * depth * columns, room, (packed, tapIndex, over) => {
    const { at, tap, k, j } = weights;
    packPanels(simd, { source: at, tapIndex, taps: taps.length, depth, columns, tap, k, j, packed });
    over((rows, step, shape, tables) =>
      simd.run('convolve', rows, step, step, shape, given.source, packed, out.at, tables),
    );
  });
}

/** A depthwise convolution over a grid: each channel has its own weights, [tap][channel]. */
export function depthwise(simd: Simd, backend: BackendWasm, given: Grid, weights: Float32Array): void {
  const { depth, taps, out } = given;
  overGrid(simd, backend, given, taps.length * depth * 4, taps.length * depth * 4, (packed, _, over) => {
    const target = new Float32Array(simd.memory.buffer, packed, taps.length * depth);
    taps.forEach((tap, i) => {
      target.set(weights.subarray(tap.weights * depth, (tap.weights + 1) * depth), i * depth);
    });
    over((rows, step, shape, tables) =>
      simd.run('depthwise', rows, step, step, shape, given.source, packed, out.at, tables),
    );
  });
}

type OverRows = (rows: number, step: number, shape: number, tables: number) => void;

/**
 * Lends what a pass over a grid needs, and `room` bytes for packed weights. `perRow` is the work of one place in multiplications; the steps
 * follow from it.
 */
function overGrid(
  simd: Simd,
  backend: BackendWasm,
  given: Grid,
  perRow: number,
  room: number,
  use: (packed: number, tapIndex: number, over: (pass: OverRows) => void) => void,
): void {
  const { images, depth, columns, grid, taps, out, run = depth } = given;
  const rows = images * grid[0] * grid[1];
  if (rows === 0 || columns === 0) return;
  // Many rows a call keep a panel of weights in the innermost cache; few leave something to do for every thread.
  const share = up(rows / (4 * simd.threads), 4);
  const step = Math.max(8, Math.min(perRow > 8192 ? 64 : 512, share, up(UNIT / Math.max(1, perRow), 4)));
  const shapeBytes = 56 + taps.length * 8;
  const sizes = [
    up(shapeBytes + taps.length * 4, 16),
    up(run * 4, 16),
    up(room, 16),
    Math.ceil(rows / step) * Math.ceil(step / 4) * (taps.length * 16 + 16),
  ] as const;
  withScratch(backend, sizes[0] + sizes[1] + sizes[2] + sizes[3], (shape) => {
    const zeros = shape + sizes[0];
    const packed = zeros + sizes[1];
    new Uint8Array(simd.memory.buffer, zeros, sizes[1]).fill(0);
    new Int32Array(simd.memory.buffer, shape, sizes[0] / 4).set([
      ...grid,
      ...given.strides,
      given.height,
      given.width,
      depth,
      columns,
      taps.length,
      out.image,
      out.line,
      out.place,
      zeros | 0,
      run,
      ...taps.flatMap(({ y, x }) => [y, x]),
      ...taps.map((tap) => tap.weights),
    ]);
    use(packed, shape + shapeBytes, (pass) => pass(rows, step, shape, packed + sizes[2]));
  });
}

interface Panels {
  readonly source: number;
  readonly tapIndex: number;
  readonly taps: number;
  readonly depth: number;
  readonly columns: number;
  readonly tap: number;
  readonly k: number;
  readonly j: number;
  readonly packed: number;
}

function packPanels(simd: Simd, { source, tapIndex, taps, depth, columns, tap, k, j, packed }: Panels): void {
  const step = Math.max(1, Math.ceil(50_000 / Math.max(1, taps * depth * 8)));
  const panels = Math.ceil(columns / 8);
  simd.run('packPanels', panels, step, source, tapIndex, taps, depth, columns, tap, k, j, packed);
}

/** A matrix in the heap: strides in numbers. */
export interface Matrix {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** c = a · b, [m, k] by [k, n]; either may be transposed. `c` is filled line by line. */
export function multiply(
  simd: Simd,
  backend: BackendWasm,
  a: Matrix,
  b: Matrix,
  [m, k, n]: readonly [number, number, number],
  c: number,
): void {
  if (a.column === 1 && a.row === k) {
    convolve(simd, backend, {
      source: a.at,
      images: 1,
      height: 1,
      width: m,
      depth: k,
      columns: n,
      grid: [1, m],
      strides: [1, 1],
      taps: [{ y: 0, x: 0, weights: 0 }],
      weights: { at: b.at, tap: 0, k: b.row, j: b.column },
      out: { at: c, image: 0, line: 0, place: n * 4 },
    });
    return;
  }
  const groups = Math.ceil(m / 4);
  const step = Math.max(1, Math.ceil(UNIT / Math.max(1, 4 * k * n)));
  withPacked(simd, backend, b, k, n, (packed) =>
    withScratch(backend, groups * (k * 16 + 128), (scratch) =>
      simd.run('productTransposed', groups, step, a.at, a.column, k, packed, n, scratch, c),
    ),
  );
}

/** Lends b [k, n] packed for products of one tap. */
export function withPacked(
  simd: Simd,
  backend: BackendWasm,
  b: Matrix,
  k: number,
  n: number,
  use: (packed: number) => void,
): void {
  withScratch(backend, 16 + Math.ceil(n / 8) * k * 32, (tapIndex) => {
    const packed = tapIndex + 16;
    new Int32Array(simd.memory.buffer, tapIndex, 4).fill(0);
    packPanels(simd, { source: b.at, tapIndex, taps: 1, depth: k, columns: n, tap: 0, k: b.row, j: b.column, packed });
    use(packed);
  });
}

/** Products of small matrices, item by item, each on one thread. */
export function multiplyMany(
  simd: Simd,
  backend: BackendWasm,
  items: number,
  a: Matrix & { readonly item: number },
  b: Matrix & { readonly item: number },
  [m, k, n]: readonly [number, number, number],
  c: number,
): void {
  const step = Math.max(1, Math.ceil(UNIT / Math.max(1, m * k * n)));
  const room = up(48 + Math.ceil(n / 8) * k * 32 + (a.column === 1 ? 0 : m * k * 4), 16);
  withScratch(backend, Math.ceil(items / step) * room, (scratch) => {
    const [from, by] = [
      [a.at, a.item, a.row, a.column],
      [b.at, b.item, b.row, b.column],
    ] as const;
    simd.run('multiplyMany', items, step, step, ...from, ...by, c, m, k, n, scratch, room);
  });
}

/** x [images, places, channels] with zeros for channels up to a multiple of `to`; x itself where there is nothing to add. */
export function withPaddedChannels<T>(
  simd: Simd,
  backend: BackendWasm,
  x: Info,
  to: number,
  use: (at: number, channels: number) => T,
): T {
  const channels = x.shape.at(-1) ?? 1;
  if (channels % to === 0) return use(addressOf(backend, x), channels);
  const padded = up(channels, to);
  const places = x.shape.reduce((a, b) => a * b, 1) / channels;
  const made = allocate(backend, [places, padded]);
  try {
    simd.run('padChannels', places, 32_768, addressOf(backend, x), channels, padded, addressOf(backend, made));
    return use(addressOf(backend, made), padded);
  } finally {
    backend.disposeData(made.dataId);
  }
}
