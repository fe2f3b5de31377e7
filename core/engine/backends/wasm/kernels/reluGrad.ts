import { RELU_GRAD_KERNEL } from '../../gradients/relu.ts';
import type { Simd } from '../simd.ts';
import { PASS } from './columnTotals.ts';
import { addressOf, allocate, registerWasmKernel } from './heap.ts';

/** dy where y > 0, else 0, in one pass; the composed one takes a step, a cast and a product. */
export function registerReluGrad(simd: Simd): void {
  registerWasmKernel(RELU_GRAD_KERNEL, () => ({ dy, y }, _, backend) => {
    if (!dy || !y) throw new Error(`${RELU_GRAD_KERNEL} needs dy and y`);
    const dx = allocate(backend, y.shape);
    const size = y.shape.reduce((a, b) => a * b, 1);
    const [slopes, values, target] = [dy, y, dx].map((info) => addressOf(backend, info)) as [number, number, number];
    simd.run('reluGrad', size, PASS, slopes, values, target);
    return dx;
  });
}
