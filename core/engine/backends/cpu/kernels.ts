import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { averagePoolGradient, type PoolAttrs } from '../sharedKernels/averagePoolGradient.ts';
import { type ResizeAttrs, resizeGradient } from '../sharedKernels/resizeGradient.ts';

/**
 * Replaces the stock reference kernels that are wrong: the gradient of average pooling at padded edges, and those of resizing with
 * half-pixel centres.
 */
export function registerCpuKernels(): void {
  replace('AvgPoolGrad', 'input', (dy, _, inShape, attrs, dx) => {
    const { filterSize, strides, pad, dimRoundingMode } = attrs as PoolAttrs;
    const shape = inShape as [number, number, number, number];
    averagePoolGradient(dy, tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode), dx);
  });
  replace('ResizeBilinearGrad', 'images', (dy, outShape, inShape, attrs, dx) =>
    resizeGradient('bilinear', dy, outShape, inShape, attrs as ResizeAttrs, dx),
  );
  replace('ResizeNearestNeighborGrad', 'images', (dy, outShape, inShape, attrs, dx) =>
    resizeGradient('nearest', dy, outShape, inShape, attrs as ResizeAttrs, dx),
  );
}

type Fill = (
  dy: Float32Array,
  outShape: readonly number[],
  inShape: readonly number[],
  attrs: unknown,
  dx: Float32Array,
) => void;

function replace(kernelName: string, like: string, fill: Fill): void {
  tf.unregisterKernel(kernelName, 'cpu');
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const dy = inputs.dy;
      const input = inputs[like];
      if (!dy || !input) throw new Error(`${kernelName} needs dy and ${like}`);
      const cpu = backend as unknown as MathBackendCPU;
      const dx = new Float32Array(tf.util.sizeFromShape(input.shape));
      fill(cpu.data.get(dy.dataId).values as Float32Array, dy.shape, input.shape, attrs, dx);
      return cpu.makeTensorInfo(input.shape, 'float32', dx);
    },
  });
}
