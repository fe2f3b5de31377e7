import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Simd } from '../simd.ts';
import { withScratch } from './heap.ts';

/** What a kernel of simd/columns.ts adds up, with the addresses that it takes before the sizes. */
export type Totals =
  | { readonly kernel: 'columnSums'; readonly of: readonly [x: number] }
  | { readonly kernel: 'columnSquares'; readonly of: readonly [x: number, mean: number] }
  | { readonly kernel: 'columnSlopes'; readonly of: readonly [dy: number, x: number, mean: number] };

/**
 * Totals down the columns of [rows, columns]: of a block of rows in single precision, of all blocks in double. The blocks do not depend on
 * the number of threads, and so neither does the result. One line of totals, two for `columnSlopes`.
 */
export function columnTotals(
  simd: Simd,
  backend: BackendWasm,
  { kernel, of }: Totals,
  rows: number,
  columns: number,
): Float64Array {
  const width = columns * (kernel === 'columnSlopes' ? 2 : 1);
  const block = blockRows(columns);
  const blocks = Math.ceil(rows / block);
  return withScratch(backend, blocks * width * 4, (sums) => {
    simd.run(kernel, blocks, 8, ...of, rows, columns, block, sums);
    return addBlocks(new Float32Array(simd.memory.buffer, sums, blocks * width), width);
  });
}

/** Rows that are added up in single precision: a few microseconds' worth, 512 at most. */
export function blockRows(columns: number): number {
  return Math.min(512, Math.max(8, Math.ceil(16_384 / Math.max(1, columns))));
}

/** Adds up the lines of sums that the blocks have left. */
export function addBlocks(parts: Float32Array, width: number): Float64Array {
  const totals = new Float64Array(width);
  for (let at = 0; at < parts.length; )
    for (let c = 0; c < width; c++, at++) totals[c] = (totals[c] as number) + (parts[at] as number);
  return totals;
}

/** Elements of an elementwise pass that are worth a call of their own: some 50 µs. */
export const PASS = 65_536;
