import { type ResizeAttrs, resizeGradient } from '../../sharedKernels/resizeGradient.ts';
import { replaceKernel } from './compose.ts';

/** Gradients of resizing with half-pixel centres, which the stock kernels do not know: a product with the resize's matrix on either axis. */
export function registerResizeGrad(): void {
  for (const [kernelName, method] of [
    ['ResizeBilinearGrad', 'bilinear'],
    ['ResizeNearestNeighborGrad', 'nearest'],
  ] as const)
    replaceKernel<ResizeAttrs>(
      kernelName,
      (_, { halfPixelCenters }) => halfPixelCenters,
      ({ dy, images }, attrs, { run, constant, reshape }) => {
        if (!dy || !images) throw new Error(`${kernelName} needs dy and images`);
        const [batch = 1, height = 1, width = 1, channels = 1] = images.shape;
        const [, newHeight = 1, newWidth = 1] = dy.shape;
        const product = (size: number, newSize: number, values: typeof dy): typeof dy =>
          run(
            'BatchMatMul',
            { a: constant(resizeMatrix(method, size, newSize, attrs), [1, newSize, size]), b: values },
            { transposeA: true, transposeB: false },
          );
        const rows = product(height, newHeight, reshape(dy, [batch, newHeight, newWidth * channels]));
        const columns = product(width, newWidth, reshape(rows, [batch * height, newWidth, channels]));
        return reshape(columns, [batch, height, width, channels]);
      },
    );
}

/** [newSize, size]: what the resize of a line multiplies it with. */
function resizeMatrix(method: 'bilinear' | 'nearest', size: number, newSize: number, attrs: ResizeAttrs): Float32Array {
  const identity = Float32Array.from({ length: newSize * newSize }, (_, i) => (i % (newSize + 1) === 0 ? 1 : 0));
  const matrix = new Float32Array(newSize * size);
  resizeGradient(method, identity, [newSize, newSize, 1, 1], [newSize, size, 1, 1], attrs, matrix);
  return matrix;
}
