import { RELU_GRAD_KERNEL } from '../../gradients/relu.ts';
import { allocate, registerWasmKernel, view } from './heap.ts';

/** dy where y > 0, else 0, in one pass; the composed one takes a step, a cast and a product. */
export function registerReluGrad(): void {
  registerWasmKernel(RELU_GRAD_KERNEL, () => ({ dy, y }, _, backend) => {
    if (!dy || !y) throw new Error(`${RELU_GRAD_KERNEL} needs dy and y`);
    const dx = allocate(backend, y.shape);
    const [slopes, ys, target] = [view(backend, dy), view(backend, y), view(backend, dx)];
    for (let i = 0; i < target.length; i++) target[i] = (ys[i] as number) > 0 ? (slopes[i] as number) : 0;
    return dx;
  });
}
