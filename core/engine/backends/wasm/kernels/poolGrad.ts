import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend_util } from '@tensorflow/tfjs-core';
import { averagePoolGradient, type PoolAttrs, type PoolInfo } from '../../sharedKernels/averagePoolGradient.ts';
import type { Simd } from '../simd.ts';
import { PASS } from './columnTotals.ts';
import { addressOf, allocate, type Info, registerWasmKernel, view, withScratch } from './heap.ts';

/** Gradients of 2-D pooling. The stock ones copy their inputs out of the heap and go through nested accessors. */
export function registerPoolGrad(simd: Simd): void {
  registerWasmKernel<PoolAttrs>('MaxPoolGrad', () => (inputs, attrs, backend) => {
    const { dy, input } = inputs;
    if (!dy || !input) throw new Error('MaxPoolGrad needs dy and input');
    const dx = allocate(backend, input.shape);
    maxPoolGradient(simd, input, dy, poolInfo(input.shape, attrs), dx, backend);
    return dx;
  });
  registerWasmKernel<PoolAttrs>('AvgPoolGrad', () => (inputs, attrs, backend) => {
    const { dy, input } = inputs;
    if (!dy || !input) throw new Error('AvgPoolGrad needs dy and input');
    const info = poolInfo(input.shape, attrs);
    const dx = allocate(backend, input.shape);
    const target = view(backend, dx);
    target.fill(0);
    averagePoolGradient(view(backend, dy), info, target);
    return dx;
  });
}

function poolInfo(shape: readonly number[], attrs: PoolAttrs): PoolInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  return backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

function maxPoolGradient(simd: Simd, input: Info, dy: Info, info: PoolInfo, dx: Info, backend: BackendWasm): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const sizes = [inHeight, inWidth, inChannels, outHeight, outWidth, info.strideHeight, info.strideWidth];
  const window = [info.filterHeight, info.filterWidth, padInfo.top, padInfo.left];
  withScratch(backend, 44, (shape) => {
    new Int32Array(simd.memory.buffer, shape, 11).set([...sizes, ...window]);
    const step = Math.ceil(PASS / Math.max(1, inHeight * inWidth * inChannels));
    const [x, slopes, target] = [input, dy, dx].map((at) => addressOf(backend, at)) as [number, number, number];
    simd.run('maxPoolGrad', batchSize, step, shape, x, slopes, target);
  });
}
