import { registerAveragePoolGrad } from './averagePoolGrad.ts';
import { registerHighRank } from './highRank.ts';
import { registerResizeGrad } from './resizeGrad.ts';

/** What the stock kernels of webgpu get wrong. Call after they are registered. */
export function registerWebgpuKernels(): void {
  registerAveragePoolGrad();
  registerHighRank();
  registerResizeGrad();
}
