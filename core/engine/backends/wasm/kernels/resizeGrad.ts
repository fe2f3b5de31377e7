import { type ResizeAttrs, resizeGradient } from '../../sharedKernels/resizeGradient.ts';
import { allocate, registerWasmKernel, view } from './heap.ts';

/** Gradients of resizing (up-sampling), correct for half-pixel centres too. */
export function registerResizeGrad(): void {
  for (const [kernelName, method] of [
    ['ResizeBilinearGrad', 'bilinear'],
    ['ResizeNearestNeighborGrad', 'nearest'],
  ] as const)
    registerWasmKernel<ResizeAttrs>(kernelName, () => (inputs, attrs, backend) => {
      const { images, dy } = inputs;
      if (!images || !dy) throw new Error(`${kernelName} needs images and dy`);
      const dx = allocate(backend, images.shape);
      const target = view(backend, dx);
      target.fill(0);
      resizeGradient(method, view(backend, dy), dy.shape, images.shape, attrs, target);
      return dx;
    });
}
