import * as tf from '@tensorflow/tfjs-core';
import type { ResizeAttrs } from '../../sharedKernels/resizeGradient.ts';
import { attributes, execute, registerNativeKernel } from './native.ts';

/** Gradients of resizing: the stock kernels do not tell TensorFlow of half-pixel centres. */
export function registerResizeGrad(): void {
  for (const kernelName of ['ResizeBilinearGrad', 'ResizeNearestNeighborGrad'] as const)
    registerNativeKernel<ResizeAttrs>(kernelName, ({ images, dy }, { alignCorners, halfPixelCenters }, native) => {
      if (!images || !dy) throw new Error(`${kernelName} needs images and dy`);
      const { binding } = native;
      const attrs = [
        attributes.float(binding),
        attributes.flag(binding, 'align_corners', alignCorners),
        attributes.flag(binding, 'half_pixel_centers', halfPixelCenters),
      ];
      const [dx] = tf.tidy(() => {
        const like = kernelName === 'ResizeBilinearGrad' ? images : tf.tensor1d(images.shape.slice(1, 3), 'int32');
        return execute(native, kernelName, attrs, [dy, like]);
      });
      if (!dx) throw new Error(`${kernelName} returned nothing`);
      return dx;
    });
}
