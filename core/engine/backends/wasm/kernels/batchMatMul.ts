import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { broadcast_util } from '@tensorflow/tfjs-core';
import type { Simd } from '../simd.ts';
import { addressOf, allocate, type Info, registerWasmKernel } from './heap.ts';
import { type Matrix, multiply, multiplyMany } from './products.ts';

interface Attrs {
  transposeA: boolean;
  transposeB: boolean;
}

/** Matrix products, transposed or not, on all threads. */
export function registerBatchMatMul(simd: Simd): void {
  registerWasmKernel<Attrs>('BatchMatMul', (stock) => (inputs, attrs, backend) => {
    const { a, b } = inputs;
    if (!a || !b) throw new Error('BatchMatMul needs a and b');
    // A batch stretched along some of its axes only is rare, and the stock kernel's business.
    return batchesFit(a, b) ? matMul(simd, a, b, attrs, backend) : stock(inputs, attrs, backend);
  });
}

const batchOf = (info: Info) => info.shape.slice(0, -2).reduce((product, n) => product * n, 1);

function batchesFit(a: Info, b: Info): boolean {
  const [left, right] = [batchOf(a), batchOf(b)];
  return left === 1 || right === 1 || a.shape.slice(0, -2).join() === b.shape.slice(0, -2).join();
}

/** a · b, batch by batch. Batches are equal, or one of the two has a single matrix. */
export function matMul(simd: Simd, a: Info, b: Info, { transposeA, transposeB }: Attrs, backend: BackendWasm): Info {
  const [aRows = 1, aColumns = 1] = a.shape.slice(-2);
  const [bRows = 1, bColumns = 1] = b.shape.slice(-2);
  const m = transposeA ? aColumns : aRows;
  const k = transposeA ? aRows : aColumns;
  const n = transposeB ? bRows : bColumns;
  const batches = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const c = allocate(backend, [...batches, m, n]);
  const items = batches.reduce((product, size) => product * size, 1);
  const left = matrix(addressOf(backend, a), aColumns, transposeA);
  const right = matrix(addressOf(backend, b), bColumns, transposeB);
  const at = addressOf(backend, c);
  if (items * m * n === 0) return c;
  if (items === 1) multiply(simd, backend, left, right, [m, k, n], at);
  else {
    const each = (info: Info, size: number) => (batchOf(info) === 1 ? 0 : size);
    const operands = [
      { ...left, item: each(a, m * k) },
      { ...right, item: each(b, k * n) },
    ] as const;
    multiplyMany(simd, backend, items, ...operands, [m, k, n], at);
  }
  return c;
}

function matrix(at: number, columns: number, transposed: boolean): Matrix {
  return transposed ? { at, row: 1, column: columns } : { at, row: columns, column: 1 };
}
