import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type Info, registerWasmKernel, runKernel } from './heap.ts';

interface Attrs {
  transposeA: boolean;
  transposeB: boolean;
}

/** The stock kernel takes a plain triple loop when either side is transposed: transpose first, then it runs on XNNPACK. */
export function registerBatchMatMul(): void {
  registerWasmKernel<Attrs>('BatchMatMul', (stock) => (inputs, attrs, backend) => {
    const { a, b } = inputs;
    if (!a || !b) throw new Error('BatchMatMul needs a and b');
    const left = attrs.transposeA ? transposed(a, backend) : a;
    const right = attrs.transposeB ? transposed(b, backend) : b;
    const product = stock({ a: left, b: right }, { transposeA: false, transposeB: false }, backend);
    if (left !== a) backend.disposeData(left.dataId);
    if (right !== b) backend.disposeData(right.dataId);
    return product;
  });
}

function transposed(x: Info, backend: BackendWasm): Info {
  const rank = x.shape.length;
  const perm = x.shape.map((_, axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis));
  return runKernel('Transpose', { x }, { perm }, backend);
}
